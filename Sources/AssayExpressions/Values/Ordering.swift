/// The outcome of an order comparison.
enum Order {
    case less
    case equal
    case greater
    /// One side is NaN.
    case unordered
}

extension Value {
    /// The order of two numbers of any numeric types, by their mathematical value; nil when either is not a number.
    func numericOrder(_ other: Value) -> Order? {
        switch (self, other) {
        case (.int(let left), .int(let right)): Self.order(left, right)
        case (.uint(let left), .uint(let right)): Self.order(left, right)
        case (.double(let left), .double(let right)): Self.order(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : Self.order(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : Self.order(left, UInt64(right))
        case (.int(let left), .double(let right)): Self.order(left, right)
        case (.double(let left), .int(let right)): Self.reversed(Self.order(right, left))
        case (.uint(let left), .double(let right)): Self.order(left, right)
        case (.double(let left), .uint(let right)): Self.reversed(Self.order(right, left))
        default: nil
        }
    }

    /// The order of two values of one ordered type, numbers across types; nil where the language defines none.
    func order(_ other: Value) -> Order? {
        switch (self, other) {
        case (.bool(let left), .bool(let right)): Self.order(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)): Self.order(left.utf8, right.utf8)
        case (.bytes(let left), .bytes(let right)): Self.order(left, right)
        case (.timestamp(let left), .timestamp(let right)): Self.order(left, right)
        case (.duration(let left), .duration(let right)): Self.order(left, right)
        default: numericOrder(other)
        }
    }

    private static func order<T: Comparable>(_ left: T, _ right: T) -> Order {
        left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
    }

    private static func order(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Order {
        var others = right.makeIterator()
        for byte in left {
            guard let other = others.next() else { return .greater }
            if byte != other { return byte < other ? .less : .greater }
        }
        return others.next() == nil ? .equal : .less
    }

    /// As the conformance suite has it: by value outside the integer's range, as doubles inside it.
    private static func order<T: FixedWidthInteger>(_ left: T, _ right: Double) -> Order {
        if right > Double(T.max) { return .less }
        if right < Double(T.min) { return .greater }
        return order(Double(left), right)
    }

    private static func reversed(_ order: Order) -> Order {
        switch order {
        case .less: .greater
        case .greater: .less
        default: order
        }
    }
}
