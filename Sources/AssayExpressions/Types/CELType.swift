/// A static type of CEL.
public indirect enum CELType: Sendable, Hashable {
    /// Anything; checked when it is evaluated.
    case dyn
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    case list(CELType)
    case map(CELType, CELType)
    /// The type of a type.
    case type(CELType)
    /// A type parameter of a function, such as `A` in `list(A)`.
    case parameter(String)
    /// A named type with parameters, such as `optional_type(int)` or `net.IP`.
    case abstract(String, [CELType])
    /// A variable that inference fills; never part of a declaration.
    case variable(Int)

    /// `optional_type(wrapped)`.
    public static func optional(_ wrapped: CELType) -> CELType { .abstract("optional_type", [wrapped]) }
    /// An IP address of the network functions.
    public static let ip = CELType.abstract("net.IP", [])
    /// A network range of the network functions.
    public static let cidr = CELType.abstract("net.CIDR", [])

    /// The wrapped type of an optional; nil for any other type.
    var wrapped: CELType? {
        if case .abstract("optional_type", let parameters) = self { parameters.first ?? .dyn } else { nil }
    }

    var isDynamic: Bool { self == .dyn }

    var parameters: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .type(let inner): [inner]
        case .abstract(_, let parameters): parameters
        default: []
        }
    }

    /// The type with every parameter replaced by what `transform` gives for it.
    func replacingLeaves(_ transform: (CELType) -> CELType) -> CELType {
        switch self {
        case .list(let element): .list(element.replacingLeaves(transform))
        case .map(let key, let value): .map(key.replacingLeaves(transform), value.replacingLeaves(transform))
        case .type(let inner): .type(inner.replacingLeaves(transform))
        case .abstract(let name, let parameters):
            .abstract(name, parameters.map { $0.replacingLeaves(transform) })
        default: transform(self)
        }
    }

    /// The types that a name such as `int` or `net.IP` stands for in an expression.
    static let denotations: [String: CELType] = [
        "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
        "null_type": .null, "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn),
        "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
        "optional_type": .optional(.dyn), "net.IP": .ip, "net.CIDR": .cidr,
    ]
}

extension CELType: CustomStringConvertible {
    /// The type as error messages write it.
    public var description: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .type(let inner): "type(\(inner))"
        case .parameter(let name): name
        case .variable: "dyn"
        case .abstract(let name, let parameters):
            parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        }
    }
}
