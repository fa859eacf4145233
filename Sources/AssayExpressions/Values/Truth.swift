/// The outcome of a comparison of two present values.
enum Truth {
    case yes
    case no
    case unknown(UnknownCauses)

    init(_ flag: Bool) {
        self = flag ? .yes : .no
    }

    var value: Value {
        switch self {
        case .yes: .bool(true)
        case .no: .bool(false)
        case .unknown(let causes): .unknown(causes)
        }
    }

    var negated: Truth {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: self
        }
    }
}
