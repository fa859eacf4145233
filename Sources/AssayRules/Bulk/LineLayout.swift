import AssayExpressions

/// Where the values that conditions read stand in a line.
public enum LineLayout: Sendable {
    /// A line of `snapshot/1`: `{"resource":{"type":…,"body":{…}}}`, the type first.
    case sealed
    /// A bare provider document with a top-level `type`, wherever it stands.
    case bare

    /// Fields of `meta` that are texts, empty where the source does not say.
    static let texts = ["type", "id", "provider", "name", "region", "apiVersion"]

    /// The keys from the outermost object of interest down to a path's value; nil when the layout does not hold it.
    func keys(of path: SlotPath) -> [String]? {
        switch path.root {
        case .element: return path.fields
        case .variable("resource"):
            switch self {
            case .sealed: return ["body"] + path.fields
            case .bare: return path.fields
            }
        case .variable("meta"):
            guard self == .sealed, let first = path.fields.first else { return nil }
            if path.fields.count == 1, Self.texts.contains(first) || first == "scope" || first == "tags" {
                return path.fields
            }
            return first == "tags" && path.fields.count == 2 ? path.fields : nil
        case .variable: return nil
        }
    }
}
