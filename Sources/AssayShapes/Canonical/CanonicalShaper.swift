public import AssayCore

/// Rewrites a body to its type's canonical shape: spelling of known names, kinds of scalars.
///
/// A value that cannot have the kind its table gives becomes unknown, with a diagnostic; the rest of the body stays.
/// Members that no table knows stay as they are.
public struct CanonicalShaper: Sendable {
    let tables: ShapeTables

    /// A shaper over these tables.
    public init(tables: ShapeTables) {
        self.tables = tables
    }

    /// The canonical body of a declared resource (Azure: the whole ARM JSON; AWS: the properties).
    ///
    /// A type that no table has keeps its body. Diagnostics carry the position inside the text, and no file.
    public func canonical(type: String, body: Tree) -> (Tree, [Diagnostic]) {
        let key = type.lowercased()
        var pass = ShapePass(
            type: tables.spelling(ofType: type) ?? type, keepsNull: tables.azure[key]?.isGraph ?? false)
        guard let shape = tables.azure[key]?.shape ?? tables.aws[key]?.shape else { return (body, []) }
        let shaped = pass.shaped(body, as: shape, at: DocumentPath()) ?? body
        return (shaped, pass.diagnostics)
    }

    /// The tags of a body, Azure's map or CloudFormation's list of `{Key, Value}`; values that are not text are left
    /// out.
    public func tags(type: String, body: Tree) -> [String: String] {
        let container = body["tags"] ?? body["Tags"] ?? body["HostedZoneTags"]
        var tags: [String: String] = [:]
        for entry in container?.elements ?? [] {
            guard let key = entry["Key"]?.stringValue, let value = entry["Value"]?.tagText else { continue }
            tags[key] = value
        }
        for member in container?.members ?? [] {
            if let value = member.value.tagText { tags[member.key] = value }
        }
        return tags
    }

    /// The name that a body gives itself: ARM's `name`, or the CloudFormation property that the table names.
    public func name(type: String, body: Tree) -> String? {
        if let aws = tables.aws[type.lowercased()] {
            return body[aws.nameProperty ?? aws.identifier]?.stringValue
        }
        return body["displayName"]?.stringValue.flatMap { type.lowercased().hasPrefix("microsoft.graph/") ? $0 : nil }
            ?? body["name"]?.stringValue
    }
}

extension Tree {
    /// A tag's value as text; a redacted one is named by its kind.
    fileprivate var tagText: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .object where isRedacted: "[redacted]"
        default: nil
        }
    }

    /// True for the marker that stands for a redacted value.
    var isRedacted: Bool { members.map { $0.count == 1 && $0[0].key == "$redacted" } ?? false }
}
