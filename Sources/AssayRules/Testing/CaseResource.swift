import AssayCore

/// A case's resource as a rule author writes it: what is left out gets a plain value.
enum CaseResource {
    static func read(_ tree: Tree, number: Int) -> Resource? {
        guard let type = tree["type"]?.stringValue, var body = tree["body"] ?? Optional(Tree(.object([]))),
            body.members != nil || body.isUnknown
        else { return nil }
        for entry in tree["unknown"]?.elements ?? [] {
            guard let path = DocumentPath(entry["path"]?.stringValue ?? ""),
                let reason = UnknownReason(rawValue: entry["reason"]?.stringValue ?? ""),
                body.set(.unknown(reason), at: path)
            else { return nil }
        }
        let isAzure = type.lowercased().hasPrefix("microsoft.") || type.hasPrefix("Assay::Azure")
        let written = tree["id"]?.stringValue
        let name = tree["name"]?.stringValue ?? body["name"]?.stringValue ?? "case-\(number)"
        let scope = (tree["scope"]?.elements ?? []).compactMap(\.stringValue)
        let standard = isAzure ? "/subscriptions/case" : "aws:case"
        let id = written ?? (isAzure ? "\(standard)/providers/\(type)/\(name)" : "\(type)|case||\(name)")
        return Resource(
            type: type, id: isAzure ? id.lowercased() : id,
            provider: type.hasPrefix("microsoft.graph") ? .entra : isAzure ? .azure : .aws,
            scope: scope.isEmpty ? [type.hasPrefix("Assay::") ? (written ?? standard) : standard] : scope, name: name,
            region: tree["region"]?.stringValue, tags: tags(tree["tags"]), apiVersion: tree["apiVersion"]?.stringValue,
            origin: Origin(kind: .file, path: "case"), body: Document(body).root)
    }

    private static func tags(_ tree: Tree?) -> [String: String] {
        var tags: [String: String] = [:]
        for member in tree?.members ?? [] {
            tags[member.key] = member.value.scalarText ?? "\(member.value.boolValue ?? false)"
        }
        return tags
    }

    static func classification(_ tree: Tree, id: String) -> Classifier.Entry? {
        guard let stated = tree["classification"] else { return nil }
        return Classifier.Entry(
            ids: [id], phi: stated["phi"]?.boolValue, financial: stated["financial"]?.boolValue,
            environment: stated["environment"]?.stringValue, owner: stated["owner"]?.stringValue)
    }
}
