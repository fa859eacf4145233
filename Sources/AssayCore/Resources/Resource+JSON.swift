extension Resource {
    /// The paths below `body` whose values are not known, bytewise by their text: an order that reading and writing
    /// again keeps.
    public var unknownPaths: [UnknownPath] {
        guard body.containsUnknown else { return [] }
        return Tree(body).unknownPaths.sorted {
            $0.path.description.utf8.lexicographicallyPrecedes($1.path.description.utf8)
        }
    }

    /// Writes the resource's object of `snapshot/1`, keys in the order of the contract.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type)
        writer.member("id", id)
        writer.member("provider", provider.rawValue)
        writer.member("scope", scope)
        writer.member("name", name)
        writer.member("region", region)
        writer.key("tags")
        writer.beginObject()
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
        writer.endObject()
        writer.member("apiVersion", apiVersion)
        writer.key("origin")
        origin.write(to: &writer)
        writer.member("declaredId", declaredId)
        writer.member("condition", condition)
        if !links.isEmpty {
            writer.key("links")
            writer.beginArray()
            for link in links {
                writer.beginObject()
                writer.member("path", link.path.description)
                writer.member("target", link.target)
                writer.member("conditional", link.isConditional)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.key("unknown")
        writer.beginArray()
        for unknown in unknownPaths {
            writer.beginObject()
            writer.member("path", unknown.path.description)
            writer.member("reason", unknown.reason.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.key("body")
        if body.kind == .unknown {
            // The list above holds the root itself; `body` stays an object.
            writer.beginObject()
            writer.endObject()
        } else {
            writer.value(body)
        }
        writer.endObject()
    }

    /// Reads a resource's object of `snapshot/1`.
    public init(json node: DocumentNode) throws(SnapshotError) {
        let type = try node.requiredString("type")
        let id = try node.requiredString("id")
        guard let provider = Provider(rawValue: try node.requiredString("provider")) else {
            throw SnapshotError(
                "`provider` is `\(node["provider"]?.stringValue ?? "")`, expected azure, entra, aws or assay", at: node)
        }
        guard let body = node["body"], body.kind == .object else {
            throw SnapshotError("resource `\(id)` has no object `body`", at: node)
        }
        var scope: [String] = []
        for element in node["scope"]?.elements ?? DocumentNode.none {
            guard let text = element.string else {
                throw SnapshotError("`scope` must be a list of strings", at: element)
            }
            scope.append(text)
        }
        var tags: [String: String] = [:]
        for member in node["tags"]?.members ?? DocumentNode.noMembers {
            guard let text = member.value.string else {
                throw SnapshotError("tag `\(member.key)` must be a string", at: member.value)
            }
            tags[member.key] = text
        }
        var unknown: [UnknownPath] = []
        for element in node["unknown"]?.elements ?? DocumentNode.none {
            guard let path = element["path"]?.string.flatMap({ DocumentPath($0) }),
                let reason = UnknownReason(rawValue: try element.requiredString("reason"))
            else { throw SnapshotError("`unknown` entry has a malformed path or reason", at: element) }
            unknown.append(UnknownPath(path: path, reason: reason))
        }
        var links: [ResourceLink] = []
        for element in node["links"]?.elements ?? DocumentNode.none {
            guard let path = DocumentPath(try element.requiredString("path")) else {
                throw SnapshotError("`links` entry has a malformed path", at: element)
            }
            links.append(
                ResourceLink(
                    path: path, target: try element.requiredString("target"),
                    isConditional: element["conditional"]?.bool ?? true))
        }
        self.init(
            type: type, id: id, provider: provider, scope: scope, name: node["name"]?.string ?? id,
            region: node["region"]?.string, tags: tags, apiVersion: node["apiVersion"]?.string,
            origin: try Origin(json: node["origin"]), declaredId: node["declaredId"]?.string,
            links: links, condition: node["condition"]?.string, body: try body.marking(unknown))
        hasPlacedBody = false
    }
}

extension DocumentNode {
    static var none: Children<DocumentNode> { Document.empty.root.elements }
    static var noMembers: Children<(key: String, value: DocumentNode)> { Document.empty.root.members }

    func requiredString(_ key: String) throws(SnapshotError) -> String {
        guard let text = self[key]?.string, !text.isEmpty else {
            throw SnapshotError("`\(key)` is missing or not a string", at: self)
        }
        return text
    }

    /// The same value with unknown markers at these paths; itself when there are none.
    func marking(_ unknown: [UnknownPath]) throws(SnapshotError) -> DocumentNode {
        guard !unknown.isEmpty else { return self }
        var tree = Tree(self)
        for entry in unknown {
            guard tree.set(.unknown(entry.reason), at: entry.path) else {
                throw SnapshotError("unknown path `\(entry.path)` does not fit the body", at: self)
            }
        }
        return Document(tree).root
    }
}

extension Origin {
    /// Writes the origin's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", kind.rawValue)
        writer.member("call", call)
        writer.member("path", path)
        writer.member("line", line)
        writer.member("column", column)
        writer.member("at", at)
        writer.endObject()
    }

    /// Reads an origin's object.
    public init(json node: DocumentNode?) throws(SnapshotError) {
        guard let node, let kind = Kind(rawValue: node["kind"]?.stringValue ?? "") else {
            throw SnapshotError("`origin` must say `kind`: api or file", at: node)
        }
        self.init(
            kind: kind, call: node["call"]?.string, path: node["path"]?.string,
            line: node["line"]?.int.map { Int($0) }, column: node["column"]?.int.map { Int($0) }, at: node["at"]?.string
        )
    }
}
