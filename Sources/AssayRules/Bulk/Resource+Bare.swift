import AssayCore

extension Resource {
    /// Makes a resource of a provider's bare document (`{"type":…}`), with as much of it as the document says.
    ///
    /// The id is `id`, else an ARN, else `type|||name`; Azure ids are lower-cased as in a snapshot. The document is the
    /// body; tags are read in Azure's shape (an object) and in AWS's (a list of keys and values).
    ///
    /// - Throws: `SnapshotError` for a document without a type or without anything that names it.
    init(bare node: DocumentNode) throws(SnapshotError) {
        guard node.kind == .object else { throw SnapshotError("line is no JSON object", at: node) }
        guard let type = node["type"]?.string, !type.isEmpty else {
            throw SnapshotError("`type` is missing or not a string", at: node)
        }
        func text(_ keys: String...) -> String? {
            keys.lazy.compactMap { node[$0]?.string }.first { !$0.isEmpty }
        }
        let lowered = type.lowercased()
        let provider: Provider =
            if lowered.hasPrefix("microsoft.graph/") {
                .entra
            } else if lowered.hasPrefix("aws::") || lowered.hasPrefix("assay::aws") {
                .aws
            } else if lowered.hasPrefix("microsoft.") || lowered.hasPrefix("assay::azure") {
                .azure
            } else {
                // A provider with types of its own writes ARM's shape: `Vendor.Product/kind`.
                lowered.contains("/") ? .azure : .assay
            }
        let name = text("name", "Name")
        guard let id = text("id", "Id", "arn", "Arn", "ARN") ?? name.map({ "\(type)|||\($0)" }) else {
            throw SnapshotError("document has no `id`, `arn` or `name` to know it by", at: node)
        }
        var tags: [String: String] = [:]
        for tag in node["tags"]?.members ?? Document.empty.root.members { tags[tag.key] = tag.value.string }
        for tag in (node["Tags"] ?? node["tags"])?.elements ?? Document.empty.root.elements {
            if let key = (tag["Key"] ?? tag["key"])?.string { tags[key] = (tag["Value"] ?? tag["value"])?.string ?? "" }
        }
        self.init(
            type: type, id: provider == .azure ? id.lowercased() : id, provider: provider, name: name ?? id,
            region: text("location", "region"), tags: tags, apiVersion: text("apiVersion"),
            origin: Origin(kind: .file), body: node)
        hasPlacedBody = false
    }
}
