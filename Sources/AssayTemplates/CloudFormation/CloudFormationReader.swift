public import AssayCore

/// Reads CloudFormation templates into canonical resources: the type as it is written, the resolved properties as
/// the body.
///
/// Values are resolved from defaults of parameters, mappings and conditions; what only a deployment can tell is
/// unknown, and so is what a macro, a module or a serverless resource stands for. Every value keeps the position of
/// its text: of a parameter's default, a mapping's entry or the chosen branch, and for composed text that of the call.
/// Nonsense in a template costs the resource it stands in and is told as a diagnostic.
public struct CloudFormationReader: Sendable {
    /// Gives the canonical body of a type from its resolved properties, and what is wrong with it; a diagnostic
    /// without a location or a file is about the unit.
    public typealias Shaper = @Sendable (_ type: String, _ body: Tree) -> (Tree, [Diagnostic])

    private let limits: DocumentLimits
    private let shaper: Shaper

    /// - Parameters:
    ///   - limits: how deep functions and conditions may nest.
    ///   - shaper: rewrites a body before it is sealed; spelling, scalar types, redaction.
    public init(limits: DocumentLimits = DocumentLimits(), shaper: @escaping Shaper = { ($1, []) }) {
        self.limits = limits
        self.shaper = shaper
    }

    /// True for an object with a format version, or with resources of which one has a type of the form `AWS::…::…`.
    public static func isTemplate(_ tree: Tree) -> Bool {
        guard tree.members != nil else { return false }
        if tree["AWSTemplateFormatVersion"] != nil { return true }
        return (tree["Resources"]?.members ?? []).contains { $0.value["Type"]?.stringValue?.contains("::") == true }
    }

    /// Reads one template.
    ///
    /// - Parameters:
    ///   - tree: the template, short tags expanded by `tag(_:_:)`.
    ///   - path: names the unit in ids, scopes and places.
    ///   - parameters: values that replace the defaults of parameters, by name.
    public func read(_ tree: Tree, unit path: String, parameters: [String: Tree] = [:]) -> TemplateOutcome {
        var diagnostics = UnitDiagnostics(path: path)
        guard tree.members != nil else {
            diagnostics.add("cloudformation-not-a-template", .error, "a template must be an object", at: tree.position)
            return TemplateOutcome(diagnostics: diagnostics.all)
        }
        let template = CloudFormationTemplate(tree, diagnostics: &diagnostics)
        let opening = UnitOpening(template, diagnostics: &diagnostics)
        var resolver = IntrinsicResolver(
            template: template, unit: path, limits: limits, given: parameters, isOpen: opening.isOpen,
            diagnostics: diagnostics)
        let declared = template.resources.compactMap { member in
            declaration(member, isRewritten: opening.isRewritten, resolver: &resolver)
        }
        tellCycles(template: template, declared: declared, unit: path, diagnostics: &resolver.diagnostics)
        let folded = ResourceFolding(unit: path).fold(declared)
        var outcome = TemplateOutcome(diagnostics: resolver.diagnostics.all)
        for resource in folded {
            outcome.resources.append(sealed(resource, unit: path, diagnostics: &outcome.diagnostics))
            let id = "\(path)#\(resource.logicalId)"
            if !resource.references.isEmpty { outcome.references[id] = resource.references }
            if let condition = resource.condition { outcome.conditions[id] = condition }
        }
        outcome.coverage = coverage(
            declared: declared, resources: outcome.resources, unit: path, isOpen: opening.isOpen)
        return outcome
    }

    /// The resolved resource; nil when its condition is false or it has no type.
    private func declaration(
        _ member: Tree.Member, isRewritten: Bool, resolver: inout IntrinsicResolver
    ) -> DeclaredResource? {
        guard !member.key.hasPrefix("Fn::"), let written = member.value["Type"]?.stringValue, !written.isEmpty else {
            return nil
        }
        var condition: String?
        switch resolver.existence(of: member.key) {
        case .known(true): break
        case .known(false): return nil
        // A condition without a name is equal to no other.
        case .unknown: condition = member.value["Condition"]?.stringValue ?? "#\(member.key)"
        }
        let type = UnitOpening.serverless[written] ?? written
        var resource = DeclaredResource(
            logicalId: member.key, type: type, position: member.value.position, condition: condition,
            body: Tree(.object([]), at: member.value.position), references: [])
        let isOpaque =
            isRewritten || UnitOpening.isModule(written) || written.hasPrefix("AWS::Serverless::")
            || member.value.members?.contains { $0.key.hasPrefix("Fn::") } == true
        guard !isOpaque else {
            resource.body.content = .unknown(.unsupported)
            return resource
        }
        guard let properties = member.value["Properties"] else { return resource }
        let (value, references) = resolver.properties(properties)
        resource.references = references
        guard let value else { return resource }
        if value.members != nil || value.isUnknown {
            resource.body = value
        } else {
            resource.body = Tree(.unknown(.unparsable), at: properties.position)
            resolver.diagnostics.add(
                "cloudformation-resource-malformed", .error,
                "the `Properties` of `\(member.key)` are not an object; its values are unknown",
                at: properties.position ?? member.value.position)
        }
        return resource
    }

    private func sealed(
        _ declared: DeclaredResource, unit: String, diagnostics: inout [Diagnostic]
    ) -> Resource {
        var body = declared.body
        if !body.isUnknown {
            let (shaped, found) = shaper(declared.type, body)
            body = shaped
            diagnostics += found.map { diagnostic in
                var diagnostic = diagnostic
                let location = diagnostic.location
                diagnostic.location = Diagnostic.Location(
                    path: unit, line: location?.line ?? declared.position?.line,
                    column: location == nil ? declared.position?.column : location?.column)
                return diagnostic
            }
        }
        return Resource(
            type: declared.type, id: "\(unit)#\(declared.logicalId)", provider: .aws, scope: ["file:\(unit)"],
            name: ResourceNaming.name(type: declared.type, body: body) ?? declared.logicalId,
            tags: ResourceNaming.tags(body),
            origin: Origin(
                kind: .file, path: unit, line: declared.position?.line, column: declared.position?.column),
            declaredId: ResourceNaming.declaredId(type: declared.type, body: body), body: Document(body).root)
    }

    private func tellCycles(
        template: CloudFormationTemplate, declared: [DeclaredResource], unit: String,
        diagnostics: inout UnitDiagnostics
    ) {
        var edges: [String: [String]] = [:]
        for resource in declared {
            let dependsOn = template.declarations[resource.logicalId]?["DependsOn"]
            edges[resource.logicalId] =
                resource.references.map { String($0.target.dropFirst(unit.count + 1)) }
                + (dependsOn?.elements ?? dependsOn.map { [$0] } ?? []).compactMap(\.stringValue)
        }
        for cycle in DependencyCycles.find(names: declared.map(\.logicalId), edges: edges) {
            let names = cycle.map { "`\($0)`" }.joined(separator: ", ")
            diagnostics.add(
                "cloudformation-dependency-cycle", .warning, "resources depend on each other in a circle: \(names)",
                at: template.declarations[cycle[0]]?.position,
                hint: "CloudFormation refuses such a template; move one reference into a resource of its own")
        }
    }

    /// All types that the unit declares, those that were folded included, and `*` for every other.
    private func coverage(
        declared: [DeclaredResource], resources: [Resource], unit: String, isOpen: Bool
    ) -> [Coverage] {
        var counts = Dictionary(declared.map { ($0.type, 0) }) { first, _ in first }
        for resource in resources { counts[resource.type, default: 0] += 1 }
        var records = counts.sorted { $0.key < $1.key }.map { type, count in
            Coverage(collection: type, scope: "file:\(unit)", state: .declared, count: count)
        }
        records.append(Coverage(collection: "*", scope: "file:\(unit)", state: .declared, count: nil))
        guard isOpen else { return records }
        return records.map { record in
            var record = record
            record.state = .notAsked
            record.code = "unsupported"
            record.message = "the unit may declare more than its text shows"
            return record
        }
    }
}
