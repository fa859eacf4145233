import AssayCore

/// What a document says at a path.
enum Reading {
    /// Not there, or null.
    case absent
    /// There, but the source cannot show it; the path is that of the unknown value.
    case hidden(UnknownReason, DocumentPath)
    case found(DocumentNode)

    /// The value; nil when it is absent or hidden.
    var node: DocumentNode? { if case .found(let node) = self { node } else { nil } }
    /// The text; nil when there is none.
    var string: String? { node?.string }
    /// Why it is not shown; nil when it is, or is absent.
    var hiddenReason: UnknownReason? { if case .hidden(let reason, _) = self { reason } else { nil } }
    /// The elements of a list; none for anything else.
    var elements: [DocumentNode] { node.map { Array($0.elements) } ?? [] }

    /// The value for a fact: as it is, null when absent, unknown when hidden.
    var tree: Tree {
        switch self {
        case .absent: Tree(.null)
        case .hidden(let reason, _): .unknown(reason)
        case .found(let node): Tree(node)
        }
    }

    /// A truth value; absence counts as the provider's default, and anything but a boolean is unknown.
    func certainty(whenAbsent fallback: Bool) -> Certainty {
        switch self {
        case .absent: Certainty(fallback)
        case .hidden(let reason, _): .unknown(reason)
        case .found(let node): node.bool.map { Certainty($0) } ?? .unknown(.unmapped)
        }
    }
}

extension DocumentNode {
    /// Reads down a path of keys, which match without regard to case.
    func read(_ keys: String...) -> Reading {
        var current = self
        for key in keys {
            if current.kind == .unknown { break }
            guard let next = current.member(ignoringCase: key), !next.isNull else { return .absent }
            current = next
        }
        if current.kind == .unknown { return .hidden(current.unknownReason ?? .failed, current.documentPath) }
        return .found(current)
    }
}

/// Yes, no, or not known and why.
enum Certainty: Hashable {
    case yes
    case no
    case unknown(UnknownReason)

    init(_ value: Bool) { self = value ? .yes : .no }

    var tree: Tree {
        switch self {
        case .yes: .bool(true)
        case .no: .bool(false)
        case .unknown(let reason): .unknown(reason)
        }
    }

    var isNo: Bool { self == .no }

    static prefix func ! (value: Certainty) -> Certainty {
        switch value {
        case .yes: .no
        case .no: .yes
        case .unknown: value
        }
    }

    /// No wins, then unknown.
    static func && (first: Certainty, second: @autoclosure () -> Certainty) -> Certainty {
        if first == .no { return .no }
        let second = second()
        if second == .no { return .no }
        return first == .yes ? second : first
    }

    /// Yes wins, then unknown.
    static func || (first: Certainty, second: @autoclosure () -> Certainty) -> Certainty {
        if first == .yes { return .yes }
        let second = second()
        if second == .yes { return .yes }
        return first == .no ? second : first
    }
}
