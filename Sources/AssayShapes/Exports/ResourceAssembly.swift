import AssayCore

/// Turns all fragments into resources: identity, merging, what stays unknown, redaction, sealing.
struct ResourceAssembly {
    let tables: ShapeTables
    let redactor: Redactor?
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var redactions: [Redaction] = []

    init(tables: ShapeTables, redactor: Redactor?) {
        self.tables = tables
        self.redactor = redactor
    }

    /// Fragments of one resource.
    struct Group {
        let type: String
        let identifier: String
        var account: String?
        var region: String?
        var fragments: [Fragment]
    }

    /// The resources of everything that was read, anchors included.
    mutating func resources(of collector: Collector) -> [Resource] {
        var groups = groups(of: located(collector))
        groups += anchors(of: groups)
        return groups.compactMap { resource(of: $0) }
    }

    /// Fragments in a stable order, with the account of their folder's caller and the tenant of their folder.
    private func located(_ collector: Collector) -> [Fragment] {
        let sorted = collector.fragments.sorted { ($0.file, $0.order) < ($1.file, $1.order) }
        return sorted.map { fragment in
            var fragment = fragment
            switch fragment.provider {
            case .aws where fragment.account == nil:
                fragment.account = nearest(collector.callers, to: fragment.file)
            case .entra where fragment.scope.isEmpty:
                fragment.account = nearest(collector.tenants, to: fragment.file)
                fragment.scope = fragment.account.map { ["/tenants/\($0)"] } ?? []
            case .azure where fragment.scope.isEmpty:
                // Tenant-level providers such as microsoft.aadiam: the id names no subscription.
                fragment.scope = nearest(collector.tenants, to: fragment.file).map { ["/tenants/\($0)"] } ?? []
            default: break
            }
            return fragment
        }
    }

    /// What the nearest folder at or above a file's says.
    func nearest(_ known: [String: String], to file: String) -> String? {
        var folders = ExportSource.folders(of: file)
        while true {
            if let value = known[folders.joined(separator: "/")] { return value }
            guard !folders.isEmpty else { return nil }
            folders.removeLast()
        }
    }

    /// Fragments that name their account and Region come first, so that those that do not can join them.
    private func groups(of fragments: [Fragment]) -> [Group] {
        var groups: [String: [Group]] = [:]
        func certainty(_ fragment: Fragment) -> Int {
            (fragment.account == nil ? 0 : 2) + (fragment.region == nil ? 0 : 1)
        }
        for level in [3, 2, 1, 0] {
            for fragment in fragments where certainty(fragment) == level {
                let isGlobal = tables.aws[fragment.type.lowercased()]?.isGlobal ?? (fragment.provider != .aws)
                let key = "\(fragment.type.lowercased())|\(fragment.identifier)"
                var known = groups[key] ?? []
                let matching = known.indices.filter { index in
                    let group = known[index]
                    let sameAccount =
                        group.account == nil || fragment.account == nil || group.account == fragment.account
                    let sameRegion =
                        isGlobal || group.region == nil || fragment.region == nil || group.region == fragment.region
                    return sameAccount && sameRegion
                }
                if let index = matching.first, matching.count == 1 {
                    known[index].fragments.append(fragment)
                    known[index].account = known[index].account ?? fragment.account
                    known[index].region = known[index].region ?? fragment.region
                } else {
                    known.append(
                        Group(
                            type: fragment.type, identifier: fragment.identifier, account: fragment.account,
                            region: fragment.region, fragments: [fragment]))
                }
                groups[key] = known
            }
        }
        return groups.keys.sorted().flatMap { groups[$0] ?? [] }
    }

    // MARK: Anchors

    /// Subscriptions, accounts and Regions that resources show and no document describes.
    private func anchors(of groups: [Group]) -> [Group] {
        var described: Set<String> = []
        var shown: [String: Fragment] = [:]
        for group in groups {
            if group.type.hasPrefix("Assay::") { described.insert(anchorIdentifier(of: group)) }
            guard let first = group.fragments.first else { continue }
            for scope in scope(of: group) {
                let isAnchor = scope.hasPrefix("aws:") || scope.split(separator: "/").count == 2
                guard isAnchor else { continue }
                if let known = shown[scope], (known.file, known.order) <= (first.file, first.order) { continue }
                shown[scope] = first
            }
        }
        var anchors: [Group] = []
        for (scope, origin) in shown.sorted(by: { $0.key < $1.key }) where !described.contains(scope) {
            let parts = scope.split(separator: ":").map(String.init)
            var fragment = Fragment(
                type: "Assay::Azure::Subscription", identifier: scope, provider: .azure, scope: [scope],
                body: .object([]), covers: .none, origin: origin.origin, isPartial: true)
            if scope.hasPrefix("/tenants/") {
                fragment.type = "Assay::Azure::Tenant"
                fragment.provider = .entra
            } else if parts.first == "aws" {
                fragment.type = parts.count == 2 ? "Assay::AWS::Account" : "Assay::AWS::Region"
                fragment.provider = .aws
                fragment.identifier = ""
                fragment.scope = []
                fragment.account = parts[1]
                fragment.region = parts.count == 3 ? parts[2] : nil
            }
            anchors.append(
                Group(
                    type: fragment.type, identifier: fragment.identifier, account: fragment.account,
                    region: fragment.region, fragments: [fragment]))
        }
        return anchors
    }

    private func anchorIdentifier(of group: Group) -> String {
        switch group.type {
        case "Assay::AWS::Account": group.account.map { "aws:\($0)" } ?? ""
        case "Assay::AWS::Region":
            group.account.flatMap { account in group.region.map { "aws:\(account):\($0)" } } ?? ""
        default: group.identifier
        }
    }

    // MARK: One resource

    private func scope(of group: Group) -> [String] {
        guard let first = group.fragments.first else { return [] }
        guard first.provider == .aws else { return first.scope }
        guard let account = group.account else { return [] }
        // What AWS owns, such as its managed policies, lies in no account.
        if let arn = group.fragments.lazy.compactMap(\.arn).first, arn.contains(":iam::aws:") { return [] }
        guard let region = group.region, group.type != "Assay::AWS::Account" else { return ["aws:\(account)"] }
        return ["aws:\(account)", "aws:\(account):\(region)"]
    }

    private func identity(of group: Group, _ type: AWSType?) -> String {
        guard let first = group.fragments.first, first.provider == .aws else {
            if let first = group.fragments.first, tables.azure[group.type.lowercased()]?.isSingleton == true {
                return (first.scope.first ?? "") + "/" + group.type.lowercased()
            }
            return group.identifier
        }
        let anchor = anchorIdentifier(of: group)
        if group.type == "Assay::AWS::Account" || group.type == "Assay::AWS::Region", !anchor.isEmpty { return anchor }
        if let arn = group.fragments.lazy.compactMap(\.arn).first {
            return arn.hasSuffix(":*") ? String(arn.dropLast(2)) : arn
        }
        if let pattern = type?.arn,
            let arn = ARNTemplate(pattern: pattern).make(
                id: group.identifier, account: group.account, region: group.region)
        {
            return arn
        }
        let region = type?.isGlobal == true ? nil : group.region
        return [group.type, group.account ?? "", region ?? "", group.identifier].joined(separator: "|")
    }

    /// Fragments that count: of recorded history only the latest.
    private func current(_ fragments: [Fragment]) -> [Fragment] {
        guard
            let latest = fragments.filter({ $0.captured != nil }).max(by: { ($0.captured ?? "") < ($1.captured ?? "") })
        else { return fragments }
        var isTaken = false
        return fragments.filter { fragment in
            guard fragment.captured != nil else { return true }
            guard !isTaken, fragment.captured == latest.captured, !latest.isDeletion else { return false }
            isTaken = true
            return true
        }
    }

    private mutating func resource(of group: Group) -> Resource? {
        let fragments = current(group.fragments)
        guard let first = fragments.first else { return nil }
        let type = tables.aws[group.type.lowercased()]
        let id = identity(of: group, type)
        var body = first.body
        var covers = first.covers
        var previous = first
        for fragment in fragments.dropFirst() {
            var merge = TreeMerge(
                isOrdered: fragment.file == previous.file, ignoresCase: fragment.provider == .azure)
            body = merge.merged(body, fragment.body)
            covers = covers.union(fragment.covers)
            report(merge.conflicts, of: id, first, fragment)
            previous = fragment
        }
        let hidden = fragments.flatMap(\.hidden)
        for part in type?.parts ?? [] {
            let path = DocumentPath(part) ?? DocumentPath(steps: [.key(part)])
            if let value = body[path], !value.isUnknown { continue }
            if covers.contains(part) { continue }
            body.set(.unknown(hidden.first { $0.path == part }?.reason ?? .notCollected), at: path)
        }
        if fragments.allSatisfy(\.isPartial) { markUncollected(&body, of: group.type, covers) }
        if let redactor {
            let redacted = redactor.redact(body)
            body = redacted.tree
            redactions += redacted.redactions.map { Redaction(resource: id, path: $0.path, kind: $0.kind) }
        }
        if group.type == "Assay::AWS::AccountSummary" || group.type == "Assay::AWS::PasswordPolicy",
            group.account == nil
        {
            diagnostics.append(
                Diagnostic(
                    code: "shape-account-missing", severity: .error,
                    message: "nothing says which account `\(group.type)` is about",
                    location: .init(path: first.file, line: first.origin.line),
                    hint: "put the output of `aws sts get-caller-identity` into the same folder"))
        }
        return Resource(
            type: type?.type ?? group.type, id: id, provider: first.provider, scope: scope(of: group),
            name: fragments.lazy.compactMap(\.name).first ?? fallbackName(of: group, id: id),
            region: group.region, tags: CanonicalShaper(tables: tables).tags(type: group.type, body: body),
            apiVersion: fragments.lazy.compactMap(\.apiVersion).first, origin: first.origin, body: Document(body).root)
    }

    /// Where no document shows the whole resource, the names of its table that none of them shows are unknown.
    private func markUncollected(_ body: inout Tree, of type: String, _ covers: Coverings) {
        let key = type.lowercased()
        guard case .object(let known)? = tables.aws[key]?.shape ?? tables.azure[key]?.shape else { return }
        for name in known.keys.sorted() {
            guard let spelling = known[name]?.spelling, body[spelling] == nil, !covers.contains(spelling) else {
                continue
            }
            body[spelling] = .unknown(.notCollected)
        }
    }

    /// What the resource is called where no document names it.
    private func fallbackName(of group: Group, id: String) -> String {
        if !group.identifier.isEmpty { return group.identifier }
        return group.type == "Assay::AWS::Region" ? group.region ?? id : group.account ?? id
    }

    private mutating func report(_ conflicts: [DocumentPath], of id: String, _ first: Fragment, _ second: Fragment) {
        guard !conflicts.isEmpty else { return }
        let paths = conflicts.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
        let more = conflicts.count > 5 ? " and \(conflicts.count - 5) more" : ""
        diagnostics.append(
            Diagnostic(
                code: "shape-sources-disagree", severity: .warning,
                message:
                    "`\(first.file)` and `\(second.file)` differ about `\(id)` at \(paths)\(more); the values are unknown",
                location: .init(path: second.file, line: second.origin.line, column: second.origin.column),
                hint: "keep one export of the resource, or export again"))
    }
}
