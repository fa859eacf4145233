@testable import AssayExpressions

/// One test of the CEL conformance suite, as far as it needs no protocol buffer messages.
struct ConformanceCase {
    let key: String
    let test: TextProto

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs the test; nil when it passes, else what went wrong.
    func failure() -> String? {
        do {
            return try run()
        } catch {
            return "unreadable: \(error)"
        }
    }

    private func run() throws -> String? {
        guard let expression = test.string("expr") else { throw Unreadable(description: "no expr") }
        var environment = ExpressionEnvironment()
        environment.container = test.string("container") ?? ""
        environment.macrosAreEnabled = test.scalar("disable_macros") != "true"
        for declaration in test.messages("type_env") { try declare(declaration, in: &environment) }
        let isChecked = test.scalar("disable_check") != "true"
        var activation = Activation()
        for binding in test.messages("bindings") {
            guard let name = binding.string("key"), let wrapped = binding.message("value") else {
                throw Unreadable(description: "a binding without key or value")
            }
            guard let value = wrapped.message("value") else {
                throw Unreadable(description: "the binding of \(name) is not a value")
            }
            if environment.variables[name] == nil, !isChecked { environment.declare(name) }
            activation[name] = try Self.value(value)
        }
        let expectsError = test.has("eval_error") || test.has("any_eval_errors")
        let condition: Condition
        do {
            condition = try Condition(expression, in: environment, isChecked: isChecked)
        } catch {
            // An expression that is refused before it runs has failed as the suite wants it to.
            return expectsError ? nil : "refused: \(error)"
        }
        if let expected = test.message("typed_result")?.message("deduced_type") {
            let type = try Self.type(expected)
            if condition.type != type { return "type \(condition.type), expected \(type)" }
        }
        if test.scalar("check_only") == "true" { return nil }
        let actual = condition.evaluate(activation)
        let explained = condition.traced(activation)
        guard explained.rendered() == actual.rendered() else {
            return "explained as \(explained.rendered()), evaluated as \(actual.rendered())"
        }
        if expectsError {
            if case .error = actual { return nil }
            return "\(actual.rendered()), expected an error"
        }
        let expected: Value
        if let message = test.message("value") ?? test.message("typed_result")?.message("result") {
            expected = try Self.value(message)
        } else {
            expected = .bool(true)
        }
        guard Self.isSame(actual, expected) else {
            return "\(actual.rendered()) (\(actual.typeName)), expected \(expected.rendered()) (\(expected.typeName))"
        }
        return nil
    }

    private func declare(_ declaration: TextProto, in environment: inout ExpressionEnvironment) throws {
        guard let name = declaration.string("name") else { throw Unreadable(description: "a declaration without name") }
        if let type = declaration.message("ident")?.message("type") {
            environment.declare(name, try Self.type(type))
        } else if let function = declaration.message("function") {
            let overloads = try function.messages("overloads").map { overload in
                guard let result = overload.message("result_type") else {
                    throw Unreadable(description: "an overload without result")
                }
                return FunctionOverload(
                    try overload.messages("params").map { try Self.type($0) }, try Self.type(result),
                    isReceiver: overload.scalar("is_instance_function") == "true")
            }
            environment.declare(function: name, overloads)
        } else {
            throw Unreadable(description: "the declaration of \(name) is neither a variable nor a function")
        }
    }

    static func type(_ message: TextProto) throws -> CELType {
        guard let field = message.fields.first else { throw Unreadable(description: "an empty type") }
        switch (field.name, field.value) {
        case ("primitive", .scalar(let name)):
            let primitives: [String: CELType] = [
                "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes,
            ]
            guard let type = primitives[name] else { throw Unreadable(description: "primitive \(name)") }
            return type
        case ("dyn", _): return .dyn
        case ("null", _): return .null
        case ("well_known", .scalar("TIMESTAMP")): return .timestamp
        case ("well_known", .scalar("DURATION")): return .duration
        case ("message_type", .bytes(let bytes)):
            switch String(decoding: bytes, as: UTF8.self) {
            case "google.protobuf.Timestamp": return .timestamp
            case "google.protobuf.Duration": return .duration
            case let name: throw Unreadable(description: "message type \(name)")
            }
        case ("type_param", .bytes(let bytes)): return .parameter(String(decoding: bytes, as: UTF8.self))
        case ("list_type", .message(let list)): return .list(try list.message("elem_type").map { try type($0) } ?? .dyn)
        case ("map_type", .message(let map)):
            return .map(
                try map.message("key_type").map { try type($0) } ?? .dyn,
                try map.message("value_type").map { try type($0) } ?? .dyn)
        case ("type", .message(let inner)): return .type(inner.fields.isEmpty ? .dyn : try type(inner))
        case ("abstract_type", .message(let abstract)):
            return .abstract(
                abstract.string("name") ?? "", try abstract.messages("parameter_types").map { try type($0) })
        default: throw Unreadable(description: "type \(field.name)")
        }
    }

    static func value(_ message: TextProto) throws -> Value {
        guard let field = message.fields.first else { throw Unreadable(description: "an empty value") }
        switch (field.name, field.value) {
        case ("null_value", _): return .null
        case ("bool_value", .scalar(let text)): return .bool(text == "true")
        case ("int64_value", .scalar(let text)): return try .int(number(text))
        case ("uint64_value", .scalar(let text)): return try .uint(number(text))
        case ("double_value", .scalar(let text)):
            guard let number = Double(text) else { throw Unreadable(description: "double \(text)") }
            return .double(number)
        case ("string_value", .bytes(let bytes)): return .string(String(decoding: bytes, as: UTF8.self))
        case ("bytes_value", .bytes(let bytes)): return .bytes(bytes)
        case ("type_value", .bytes(let bytes)): return .type(String(decoding: bytes, as: UTF8.self))
        case ("list_value", .message(let list)): return .list(try list.messages("values").map { try value($0) })
        case ("map_value", .message(let map)):
            var builder = MapBuilder()
            for entry in map.messages("entries") {
                guard let key = entry.message("key"), let member = entry.message("value") else {
                    throw Unreadable(description: "a map entry without key or value")
                }
                builder.add(try value(key), try value(member))
            }
            return builder.value
        case ("object_value", .message(let object)): return try self.object(object)
        default: throw Unreadable(description: "value \(field.name)")
        }
    }

    private static func number<T: FixedWidthInteger>(_ text: String) throws -> T {
        guard let number = T(text) else { throw Unreadable(description: "number \(text)") }
        return number
    }

    private static func object(_ object: TextProto) throws -> Value {
        guard let field = object.fields.first, case .message(let body) = field.value else {
            throw Unreadable(description: "an object without type")
        }
        let seconds: Int64 = try body.scalar("seconds").map { try number($0) } ?? 0
        let nanoseconds: Int32 = try body.scalar("nanos").map { try number($0) } ?? 0
        switch field.name {
        case "type.googleapis.com/google.protobuf.Timestamp":
            return .timestamp(try Timestamp(seconds: seconds, nanoseconds: nanoseconds))
        case "type.googleapis.com/google.protobuf.Duration":
            return .duration(try SignedDuration(seconds: seconds, nanoseconds: nanoseconds))
        default: throw Unreadable(description: "object \(field.name)")
        }
    }

    /// Equal in type and value, and NaN is the same as NaN.
    static func isSame(_ left: Value, _ right: Value) -> Bool {
        guard left.typeName == right.typeName else { return false }
        switch (left, right) {
        case (.double(let first), .double(let second)):
            return first == second && first.sign == second.sign || first.isNaN && second.isNaN
        case (.list(let first), .list(let second)):
            return first.elements.count == second.elements.count
                && zip(first.elements, second.elements).allSatisfy { isSame($0, $1) }
        case (.map(let first), .map(let second)):
            return first.count == second.count
                && first.entries.allSatisfy { entry in
                    MapKey(lookup: entry.key).flatMap { second[$0] }.map { isSame(entry.value, $0) } ?? false
                        && second.entries.contains { isSame($0.key, entry.key) }
                }
        default:
            var equality = Equality()
            if case .yes = equality.compare(left, right) { return true }
            return false
        }
    }
}
