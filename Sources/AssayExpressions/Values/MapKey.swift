/// A map key in the one form under which equal numbers of different types meet.
enum MapKey: Sendable {
    case bool(Bool)
    case int(Int64)
    /// Only for values beyond `Int64.max`.
    case uint(UInt64)
    case string(String)

    /// The key that a value looks up; nil when no map can hold it.
    init?(lookup value: Value) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map { .int($0) } ?? .uint(number)
        case .string(let text): self = .string(text)
        case .double(let number):
            if let exact = Int64(exactly: number) {
                self = .int(exact)
            } else if let exact = UInt64(exactly: number) {
                self = .uint(exact)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// The key under which a map literal stores a value; nil for types that cannot be keys (doubles included).
    init?(storing value: Value) {
        if case .double = value { return nil }
        self.init(lookup: value)
    }
}

extension MapKey: Hashable {
    /// Strings are equal by their code points, not by canonical equivalence as Swift's own comparison has it.
    static func == (left: MapKey, right: MapKey) -> Bool {
        switch (left, right) {
        case (.bool(let first), .bool(let second)): first == second
        case (.int(let first), .int(let second)): first == second
        case (.uint(let first), .uint(let second)): first == second
        case (.string(let first), .string(let second)): first.utf8.elementsEqual(second.utf8)
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch self {
        case .bool(let flag): hasher.combine(flag)
        case .int(let number): hasher.combine(number)
        case .uint(let number): hasher.combine(number)
        case .string(let text): hasher.combine(text)
        }
    }
}
