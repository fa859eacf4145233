/// Where a value stands that a condition reads: a chain of keys below one of the things a condition is asked about.
public struct SlotPath: Sendable, Hashable {
    /// What the chain starts from.
    public enum Root: Sendable, Hashable {
        /// The variable of this name.
        case variable(String)
        /// The element of the list that the surrounding `all` or `exists` walks over.
        case element
    }

    /// What the chain starts from.
    public let root: Root
    /// The keys, outermost first; empty for the root itself.
    public let fields: [String]

    /// A chain of keys below a root.
    public init(_ root: Root, _ fields: [String]) {
        self.root = root
        self.fields = fields
    }

    /// True when the other path is this one or lies below it.
    func covers(_ other: SlotPath) -> Bool { root == other.root && other.fields.starts(with: fields) }
}

extension SlotPath: CustomStringConvertible {
    /// `resource.properties.minimumTlsVersion`; an element is written `[]`.
    public var description: String {
        let name =
            switch root {
            case .variable(let name): name
            case .element: "[]"
            }
        return ([name] + fields).joined(separator: ".")
    }
}
