import AssayCore

extension Tree {
    /// A scalar as CloudFormation compares and joins it: as text; nil for anything else.
    var scalarText: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    /// Why the value is not known; nil when it is.
    var unknownReason: UnknownReason? { if case .unknown(let reason) = content { reason } else { nil } }

    /// The first reason for which this value or one below it is not known.
    var firstUnknown: UnknownReason? {
        switch content {
        case .unknown(let reason): return reason
        case .array(let elements):
            for element in elements { if let reason = element.firstUnknown { return reason } }
            return nil
        case .object(let members):
            for member in members { if let reason = member.value.firstUnknown { return reason } }
            return nil
        default: return nil
        }
    }

    /// Equality of values wherever they stand; the order of members does not count.
    func isSameValue(as other: Tree) -> Bool {
        switch (content, other.content) {
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSameValue(as: $1) }
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            let byKey = Dictionary(right.map { ($0.key, $0.value) }) { first, _ in first }
            return left.allSatisfy { member in byKey[member.key].map { member.value.isSameValue(as: $0) } ?? false }
        case (.unknown, _), (_, .unknown): return false
        default: return content == other.content
        }
    }

    /// What the value adds to a sealed document: bytes of text and a constant for every value.
    var expansionCost: Int {
        switch content {
        case .string(let text), .number(let text): 32 + text.utf8.count
        case .array(let elements): elements.reduce(32) { $0 + $1.expansionCost }
        case .object(let members): members.reduce(32) { $0 + $1.key.utf8.count + $1.value.expansionCost }
        default: 32
        }
    }
}
