import AssayCore

/// Puts separate declarations into the resource in which the provider's own answer holds them.
struct ResourceFolding {
    /// A type that lives in a list of its parent.
    struct Rule {
        let type: String
        let parentType: String
        /// Properties that name the parent, and the attribute that may stand there beside the reference itself.
        let parentProperties: [(name: String, attribute: String)]
        /// The parent's list.
        let list: String
    }

    /// `DescribeSecurityGroups`, and with it Cloud Control, answers with all rules inside the group.
    static let rules = [
        Rule(
            type: "AWS::EC2::SecurityGroupIngress", parentType: "AWS::EC2::SecurityGroup",
            parentProperties: [("GroupId", "GroupId"), ("GroupName", "GroupName")], list: "SecurityGroupIngress"),
        Rule(
            type: "AWS::EC2::SecurityGroupEgress", parentType: "AWS::EC2::SecurityGroup",
            parentProperties: [("GroupId", "GroupId")], list: "SecurityGroupEgress"),
    ]

    let unit: String

    /// Folds what names its parent inside the unit for certain; the rest stays a resource of its own.
    func fold(_ resources: [DeclaredResource]) -> [DeclaredResource] {
        var result: [DeclaredResource] = []
        var folded: [(child: DeclaredResource, rule: Rule, parent: String)] = []
        let types = Dictionary(resources.map { ("\(unit)#\($0.logicalId)", $0.type) }) { first, _ in first }
        for resource in resources {
            if let rule = Self.rules.first(where: { $0.type == resource.type }),
                let parent = parent(of: resource, by: rule), types[parent] == rule.parentType
            {
                folded.append((resource, rule, parent))
            } else {
                result.append(resource)
            }
        }
        guard !folded.isEmpty else { return resources }
        let places = Dictionary(result.enumerated().map { ("\(unit)#\($1.logicalId)", $0) }) { first, _ in first }
        for (child, rule, parent) in folded {
            guard let place = places[parent] else { continue }
            append(child, by: rule, to: &result[place])
        }
        return result
    }

    private func parent(of resource: DeclaredResource, by rule: Rule) -> String? {
        for property in rule.parentProperties {
            let path = DocumentPath(steps: [.key(property.name)])
            for reference in resource.references where reference.path == path && reference.isWhole {
                guard !reference.isConditional else { return nil }
                if reference.attribute == nil || reference.attribute == property.attribute { return reference.target }
            }
        }
        return nil
    }

    private func append(_ child: DeclaredResource, by rule: Rule, to parent: inout DeclaredResource) {
        // An unknown list covers whatever would be added to it.
        guard parent.body.members != nil, parent.body[rule.list]?.isUnknown != true else { return }
        let list = parent.body[rule.list]
        // One rule may stand without a list around it.
        var elements = list?.elements ?? (list?.members != nil ? list.map { [$0] } : nil) ?? []
        var element = child.body
        for property in rule.parentProperties { element[property.name] = nil }
        let isCertain = child.condition == nil || child.condition == parent.condition
        if !isCertain { element = Tree(.unknown(.knownAfterDeployment)) }
        element.position = child.position
        let prefix: [DocumentPath.Step] = [.key(rule.list), .index(elements.count)]
        elements.append(element)
        parent.body[rule.list] = Tree(.array(elements), at: list?.position ?? child.position)
        guard isCertain else { return }
        for reference in child.references {
            if case .key(let name)? = reference.path.steps.first,
                rule.parentProperties.contains(where: { $0.name == name })
            {
                continue
            }
            parent.references.append(
                TemplateReference(
                    path: DocumentPath(steps: prefix + reference.path.steps), target: reference.target,
                    attribute: reference.attribute, isWhole: reference.isWhole,
                    isConditional: reference.isConditional))
        }
    }
}
