/// The math extension.
enum MathFunctions {
    static let all: [FunctionDeclaration] =
        [
            extreme("math.@max", .greater), extreme("math.@min", .less),
            double("math.ceil") { .double($0.rounded(.up)) },
            double("math.floor") { .double($0.rounded(.down)) },
            double("math.round") { .double($0.rounded(.toNearestOrAwayFromZero)) },
            double("math.trunc") { .double($0.rounded(.towardZero)) },
            double("math.isInf", gives: .bool) { .bool($0.isInfinite) },
            double("math.isNaN", gives: .bool) { .bool($0.isNaN) },
            double("math.isFinite", gives: .bool) { .bool($0.isFinite) },
            numeric("math.abs", absolute), numeric("math.sign", sign),
            FunctionDeclaration(
                "math.sqrt", [CELType.double, .int, .uint].map { .function($0, gives: .double) }
            ) { arguments in
                switch arguments[0] {
                case .double(let number): .double(number.squareRoot())
                case .int(let number): .double(Double(number).squareRoot())
                case .uint(let number): .double(Double(number).squareRoot())
                default: FunctionLibrary.noSuchOverload("math.sqrt", arguments)
                }
            },
            bits("math.bitAnd", { $0 & $1 }, { $0 & $1 }), bits("math.bitOr", { $0 | $1 }, { $0 | $1 }),
            bits("math.bitXor", { $0 ^ $1 }, { $0 ^ $1 }),
            FunctionDeclaration(
                "math.bitNot", [.function(.int, gives: .int), .function(.uint, gives: .uint)]
            ) { arguments in
                switch arguments[0] {
                case .int(let number): .int(~number)
                case .uint(let number): .uint(~number)
                default: FunctionLibrary.noSuchOverload("math.bitNot", arguments)
                }
            },
            shift("math.bitShiftLeft") { number, distance in number << distance },
            // The sign is not carried along: bits are shifted as in an unsigned number.
            shift("math.bitShiftRight") { number, distance in number >> distance },
        ]

    private static let numbers: [CELType] = [.int, .uint, .double]

    private static func extreme(_ name: String, _ wanted: Order) -> FunctionDeclaration {
        var overloads = numbers.map { FunctionOverload.function($0, gives: $0) }
        for left in numbers {
            for right in numbers {
                overloads.append(.function(left, right, gives: left == right ? left : .dyn))
            }
        }
        overloads += (numbers + [.dyn]).map { .function(.list($0), gives: $0) }
        return FunctionDeclaration(name, overloads) { arguments in
            let candidates = arguments.count == 1 ? arguments[0].listElements ?? arguments : arguments
            guard var best = candidates.first else {
                return .failure(.invalidArgument, "`\(name.dropFirst(6))` of an empty list")
            }
            guard best.numericOrder(best) != nil else { return FunctionLibrary.noSuchOverload(name, arguments) }
            for candidate in candidates.dropFirst() {
                guard let order = candidate.numericOrder(best) else {
                    return FunctionLibrary.noSuchOverload(name, [best, candidate])
                }
                if order == wanted { best = candidate }
            }
            return best
        }
    }

    private static func double(
        _ name: String, gives result: CELType = .double, _ body: @escaping @Sendable (Double) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, [.function(.double, gives: result)]) { arguments in
            guard case .double(let number) = arguments[0] else {
                return FunctionLibrary.noSuchOverload(name, arguments)
            }
            return body(number)
        }
    }

    private static func numeric(
        _ name: String, _ body: @escaping @Sendable (Value) -> Value?
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, numbers.map { .function($0, gives: $0) }) { arguments in
            body(arguments[0]) ?? FunctionLibrary.noSuchOverload(name, arguments)
        }
    }

    private static func absolute(_ value: Value) -> Value? {
        switch value {
        case .int(.min): .failure(.overflow, "`math.abs` overflows int")
        case .int(let number): .int(abs(number))
        case .uint: value
        case .double(let number): .double(abs(number))
        default: nil
        }
    }

    private static func sign(_ value: Value) -> Value? {
        switch value {
        case .int(let number): .int(number.signum())
        case .uint(let number): .uint(number == 0 ? 0 : 1)
        case .double(let number): .double(number > 0 ? 1 : number < 0 ? -1 : number)
        default: nil
        }
    }

    private static func bits(
        _ name: String, _ signed: @escaping @Sendable (Int64, Int64) -> Int64,
        _ unsigned: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [.function(.int, .int, gives: .int), .function(.uint, .uint, gives: .uint)]
        ) { arguments in
            switch (arguments[0], arguments[1]) {
            case (.int(let left), .int(let right)): .int(signed(left, right))
            case (.uint(let left), .uint(let right)): .uint(unsigned(left, right))
            default: FunctionLibrary.noSuchOverload(name, arguments)
            }
        }
    }

    private static func shift(
        _ name: String, _ body: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [.function(.int, .int, gives: .int), .function(.uint, .int, gives: .uint)]
        ) { arguments in
            guard case .int(let distance) = arguments[1] else { return FunctionLibrary.noSuchOverload(name, arguments) }
            guard let distance = UInt64(exactly: distance) else {
                return .failure(.invalidArgument, "`\(name)` by a negative offset: \(distance)")
            }
            switch arguments[0] {
            case .int(let number):
                return .int(distance > 63 ? 0 : Int64(bitPattern: body(UInt64(bitPattern: number), distance)))
            case .uint(let number): return .uint(distance > 63 ? 0 : body(number, distance))
            default: return FunctionLibrary.noSuchOverload(name, arguments)
            }
        }
    }
}
