public import AssayCore

extension VerdictState {
    /// How a vector, a bulk scan and the store write a state: pass 1, fail 2, unknown 3, manual 4, notApplicable 5.
    ///
    /// Zero is no state: undecided in a bulk scan, and *none* on either side of a transition.
    public var code: UInt8 {
        switch self {
        case .pass: 1
        case .fail: 2
        case .unknown: 3
        case .manual: 4
        case .notApplicable: 5
        }
    }

    /// The state of this code; nil for zero and for what no state has.
    public init?(code: UInt8) {
        switch code {
        case 1: self = .pass
        case 2: self = .fail
        case 3: self = .unknown
        case 4: self = .manual
        case 5: self = .notApplicable
        default: return nil
        }
    }

    /// The codes of states are 1 to this.
    static let lastCode: UInt8 = 5
}
