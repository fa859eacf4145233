/// The type conversions `bool`, `int`, `uint`, `double`, `string` and `bytes`.
enum ConversionFunctions {
    static let all: [FunctionDeclaration] = [
        conversion("bool", from: [.bool, .string], to: .bool, bool),
        conversion("int", from: [.int, .uint, .double, .string, .timestamp], to: .int, int),
        conversion("uint", from: [.uint, .int, .double, .string], to: .uint, uint),
        conversion("double", from: [.double, .int, .uint, .string], to: .double, double),
        conversion(
            "string",
            from: [.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .ip, .cidr], to: .string,
            string),
        conversion("bytes", from: [.bytes, .string], to: .bytes, bytes),
    ]

    private static func conversion(
        _ name: String, from sources: [CELType], to result: CELType,
        _ body: @escaping @Sendable (Value) -> Value?
    ) -> FunctionDeclaration {
        FunctionDeclaration(name, sources.map { FunctionOverload.function($0, gives: result) }) { arguments in
            body(arguments[0]) ?? FunctionLibrary.noSuchOverload(name, arguments)
        }
    }

    private static func bool(_ value: Value) -> Value? {
        switch value {
        case .bool: return value
        case .string(let text):
            if ["1", "t", "true", "TRUE", "True", "T"].contains(text) { return .bool(true) }
            if ["0", "f", "false", "FALSE", "False", "F"].contains(text) { return .bool(false) }
            return .failure(.invalidArgument, "`\(text)` is not a bool")
        default: return nil
        }
    }

    private static func outOfRange(_ value: Value, _ type: String) -> Value {
        .failure(.overflow, "`\(value.rendered(limit: 80))` is out of the range of \(type)")
    }

    private static func int(_ value: Value) -> Value? {
        switch value {
        case .int: return value
        case .uint(let number): return Int64(exactly: number).map { .int($0) } ?? outOfRange(value, "int")
        case .double(let number):
            // Both ends of the range are excluded: a double there may stand for a number beyond it.
            guard number > -0x1p63, number < 0x1p63 else { return outOfRange(value, "int") }
            return .int(Int64(number))
        case .timestamp(let time): return .int(time.seconds)
        case .string(let text): return parsed { () throws(NumberTextError) in .int(try NumberText.int64(text)) }
        default: return nil
        }
    }

    private static func uint(_ value: Value) -> Value? {
        switch value {
        case .uint: return value
        case .int(let number): return UInt64(exactly: number).map { .uint($0) } ?? outOfRange(value, "uint")
        case .double(let number):
            guard number >= 0, number < 0x1p64 else { return outOfRange(value, "uint") }
            return .uint(UInt64(number))
        case .string(let text): return parsed { () throws(NumberTextError) in .uint(try NumberText.uint64(text)) }
        default: return nil
        }
    }

    private static func double(_ value: Value) -> Value? {
        switch value {
        case .double: value
        case .int(let number): .double(Double(number))
        case .uint(let number): .double(Double(number))
        case .string(let text): parsed { () throws(NumberTextError) in .double(try NumberText.double(text)) }
        default: nil
        }
    }

    private static func parsed(_ body: () throws(NumberTextError) -> Value) -> Value {
        do {
            return try body()
        } catch {
            return .failure(.invalidArgument, error.message)
        }
    }

    private static func string(_ value: Value) -> Value? {
        switch value {
        case .string: value
        case .bool(let flag): .string(flag ? "true" : "false")
        case .int(let number): .string(String(number))
        case .uint(let number): .string(String(number))
        case .double(let number): .string(NumberText.shortest(number))
        case .bytes(let bytes):
            String(validating: bytes, as: UTF8.self).map { .string($0) }
                ?? .failure(.invalidArgument, "the bytes are not valid UTF-8")
        case .timestamp(let time): .string(time.rfc3339)
        case .duration(let span): .string(span.text)
        case .ip(let address): .string(address.text)
        case .cidr(let block): .string(block.text)
        default: nil
        }
    }

    private static func bytes(_ value: Value) -> Value? {
        switch value {
        case .bytes: value
        case .string(let text): .bytes(Array(text.utf8))
        default: nil
        }
    }
}
