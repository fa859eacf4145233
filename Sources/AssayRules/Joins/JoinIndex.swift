import AssayCore

/// Finds related resources: one sorted list of ids and one table of names a type, built once a scan.
struct JoinIndex {
    /// What a join found and, where something found is not certain, why the list is open.
    struct Result {
        var indices: [Int] = []
        var openness: UnknownReason?
        /// True when the join itself shows that there is nothing more, whatever was looked at elsewhere.
        var isClosed = false
    }

    private let resources: [Resource]
    private let declared: DeclaredReferences
    private let byType: [String: [Int]]
    /// Names by which resources of a type are referred to: id, ARN, name.
    private let byName: [String: [String: [Int]]]
    private let byID: [String: Int]
    /// Resources of a type by every scope that encloses them.
    private let byScope: [String: [String: [Int]]]
    private let attachments: [AttachmentIndex.Key: AttachmentIndex]

    /// - Parameter relations: all relations that will be asked for; attachments are indexed for these.
    init(resources: [Resource], declared: DeclaredReferences, relations: [Rule.Relation]) {
        self.resources = resources
        self.declared = declared
        var byType: [String: [Int]] = [:]
        var byName: [String: [String: [Int]]] = [:]
        var byID: [String: Int] = [:]
        for (index, resource) in resources.enumerated() {
            let type = resource.type.lowercased()
            byType[type, default: []].append(index)
            byID[resource.id] = index
            for name in Set(Self.names(of: resource)) { byName[type, default: [:]][name, default: []].append(index) }
        }
        for type in byType.keys { byType[type]?.sort { resources[$0].id < resources[$1].id } }
        var byScope: [String: [String: [Int]]] = [:]
        for type in Set(relations.filter { $0.by == .scope }.map { $0.type.lowercased() }) {
            for index in byType[type] ?? [] {
                for scope in resources[index].scope {
                    byScope[type, default: [:]][scope.lowercased(), default: []].append(index)
                }
            }
        }
        var attachments: [AttachmentIndex.Key: AttachmentIndex] = [:]
        for relation in relations {
            guard case .attachedTo(let path) = relation.by else { continue }
            let key = AttachmentIndex.Key(type: relation.type.lowercased(), path: path)
            guard attachments[key] == nil else { continue }
            attachments[key] = AttachmentIndex(
                path: path, candidates: byType[key.type] ?? [], resources: resources, declared: declared)
        }
        self.byScope = byScope
        self.attachments = attachments
        self.byType = byType
        self.byName = byName
        self.byID = byID
    }

    /// The subscription, account, tenant or file unit of a resource; an anchor is its own.
    static func boundary(of resource: Resource) -> String { ResourceIdentity(resource).boundary }

    static func names(of resource: Resource) -> [String] {
        var names = [resource.id.lowercased(), resource.name.lowercased()]
        if let declared = resource.declaredId { names.append(declared.lowercased()) }
        for member in resource.body.members where Self.isIdentifier(member.key, of: resource.type) {
            if let text = member.value.string { names.append(text.lowercased()) }
        }
        if let last = resource.id.split(separator: "|").last, resource.id.contains("|") {
            names.append(last.lowercased())
        }
        return names.filter { !$0.isEmpty }
    }

    /// `Arn`, `Id`, and what carries the type's own name: `VpcId` of a VPC, `GroupId` of a security group,
    /// `DBInstanceIdentifier` of a database instance.
    private static func isIdentifier(_ key: String, of type: String) -> Bool {
        if key == "Arn" || key == "Id" || key == "id" { return true }
        let noun = type.split { $0 == ":" || $0 == "/" }.last?.lowercased() ?? ""
        for suffix in ["Identifier", "Name", "Arn", "Id"] where key.hasSuffix(suffix) {
            let stem = key.dropLast(suffix.count).lowercased()
            if !stem.isEmpty, noun.hasSuffix(stem) { return true }
        }
        return false
    }

    func find(_ relation: Rule.Relation, of index: Int) -> Result {
        let resource = resources[index]
        let candidates = byType[relation.type.lowercased()] ?? []
        var result: Result
        switch relation.by {
        case .child: result = children(of: resource, among: candidates)
        case .parent: result = parents(of: resource, type: relation.type)
        case .scope:
            let boundary = Self.boundary(of: resource).lowercased()
            let found = byScope[relation.type.lowercased()]?[boundary] ?? []
            result = Result(indices: found.filter { $0 != index })
        case .references(let path): result = referenced(by: index, at: path, type: relation.type)
        case .attachedTo(let path): result = attached(to: index, at: path, type: relation.type)
        }
        return settleConditions(result, for: resource)
    }

    /// Leaves out what only exists under a condition that the judged resource does not share.
    private func settleConditions(_ result: Result, for resource: Resource) -> Result {
        guard !declared.conditions.isEmpty else { return result }
        var settled = result
        settled.indices = result.indices.filter { index in
            guard let condition = declared.conditions[resources[index].id] else { return true }
            return declared.conditions[resource.id] == condition
        }
        if settled.indices.count < result.indices.count {
            settled.openness = settled.openness ?? .knownAfterDeployment
        }
        return settled
    }

    private func children(of resource: Resource, among candidates: [Int]) -> Result {
        let prefix = resource.id + "/"
        var low = 0
        var high = candidates.count
        while low < high {
            let middle = (low + high) / 2
            if resources[candidates[middle]].id < prefix { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < candidates.count, resources[candidates[low]].id.hasPrefix(prefix) {
            let candidate = resources[candidates[low]]
            if ResourceIdentity.isChild(candidate.id, of: resource.id) { found.append(candidates[low]) }
            low += 1
        }
        return Result(indices: found)
    }

    private func referenced(by index: Int, at path: String, type: String) -> Result {
        let resource = resources[index]
        let names = byName[type.lowercased()] ?? [:]
        // What is not named is not referred to; only a name that leads nowhere asks what was looked at.
        var result = Result(isClosed: true)
        let pattern = PathPattern(path)
        for node in pattern.values(in: resource.body) {
            if node.kind == .unknown {
                let targets = (declared.references[resource.id] ?? []).filter { $0.path == node.documentPath }
                let found = targets.filter { !$0.isConditional }.compactMap { byID[$0.target] }
                    .filter { resources[$0].type.lowercased() == type.lowercased() }
                result.indices += found
                if found.isEmpty || targets.contains(where: \.isConditional) {
                    result.openness = result.openness ?? node.unknownReason
                }
            } else if let text = node.string {
                let named = (names[text.lowercased()] ?? []).filter { isReachable($0, from: resource, by: text) }
                result.indices += named
                if named.isEmpty { result.isClosed = false }
            }
        }
        result.indices = Array(Set(result.indices)).sorted()
        return result
    }

    private func parents(of resource: Resource, type: String) -> Result {
        var rest = resource.id[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            guard let index = byID[String(rest)], resources[index].type.lowercased() == type.lowercased(),
                ResourceIdentity.isChild(resource.id, of: String(rest))
            else { continue }
            return Result(indices: [index], isClosed: true)
        }
        return Result()
    }

    private func attached(to index: Int, at path: String, type: String) -> Result {
        let resource = resources[index]
        guard let table = attachments[AttachmentIndex.Key(type: type.lowercased(), path: path)] else { return Result() }
        var indices = Set(table.byTarget[resource.id] ?? [])
        for name in Set(Self.names(of: resource)) {
            for found in table.byName[name] ?? [] where isReachable(found.candidate, from: resource, by: found.written)
            {
                indices.insert(found.candidate)
            }
        }
        indices.remove(index)
        let uncertain = table.uncertain.first { entry in
            entry.candidate != index && (entry.target == nil || entry.target == resource.id)
                && sharesBoundary(resources[entry.candidate], resource)
        }
        return Result(indices: indices.sorted(), openness: uncertain?.reason)
    }

    /// An ARN or a resource id names one resource in the world; a bare name only one of the same boundary.
    private func isReachable(_ candidate: Int, from resource: Resource, by name: String) -> Bool {
        name.hasPrefix("arn:") || name.hasPrefix("/") || sharesBoundary(resources[candidate], resource)
    }

    private func sharesBoundary(_ left: Resource, _ right: Resource) -> Bool {
        left.scope.isEmpty || right.scope.isEmpty || Self.boundary(of: left) == Self.boundary(of: right)
    }
}
