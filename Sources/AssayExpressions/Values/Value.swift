public import AssayCore

/// What an expression evaluates to, its four states included.
///
/// *Present* is any ordinary case, *absent* an error with code `.absent`, *unknown* evidence that nobody has, *error*
/// every other failure. A document's objects and arrays are read in place (`.document`); its scalars become ordinary
/// values at once, so `.document` always holds a container.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(ListValue)
    case map(MapValue)
    case timestamp(Timestamp)
    case duration(SignedDuration)
    /// A type by its name in the language, such as `int` or `net.IP`.
    case type(String)
    case optional(OptionalValue)
    case ip(IPAddress)
    case cidr(CIDRBlock)
    case document(DocumentNode)
    case unknown(UnknownCauses)
    case error(EvaluationError)

    /// The value of a document node: an integer for a number without fraction or exponent that fits 64 bits, else a
    /// double; unknown for a node that the source could not show.
    public init(_ node: DocumentNode) {
        switch node.kind {
        case .null: self = .null
        case .bool: self = .bool(node.boolValue)
        case .string: self = .string(node.stringValue)
        case .array, .object: self = .document(node)
        case .unknown: self = .unknown(UnknownCauses(node.unknownReason ?? .failed, path: node.path))
        case .number:
            let text = node.numberText
            if let whole = Int64(text) {
                self = .int(whole)
            } else {
                self = Double(text).map { .double($0) } ?? .error(.init(.invalidArgument, "`\(text)` is not a number"))
            }
        }
    }

    /// A list of known length.
    public static func list(_ elements: [Value]) -> Value { .list(ListValue(elements)) }

    /// A failure with a code and a sentence.
    public static func failure(_ code: EvaluationError.Code, _ message: String) -> Value {
        .error(EvaluationError(code, message))
    }

    /// Evidence that nobody has.
    public static func unknown(_ reason: UnknownReason, path: String = "") -> Value {
        .unknown(UnknownCauses(reason, path: path))
    }

    /// True for a value that is there: neither unknown nor an error.
    public var isPresent: Bool {
        switch self {
        case .unknown, .error: false
        default: true
        }
    }

    /// True for an error that says that a key or field is missing.
    public var isAbsent: Bool {
        if case .error(let error) = self { error.code == .absent } else { false }
    }

    /// The boolean; nil for anything else.
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    /// The string; nil for anything else.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The integer; nil for anything else.
    public var int: Int64? { if case .int(let number) = self { number } else { nil } }

    /// The name of the value's type as `type(x)` gives it.
    public var typeName: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .map: "map"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .optional: "optional_type"
        case .ip: "net.IP"
        case .cidr: "net.CIDR"
        case .document(let node): node.kind == .array ? "list" : "map"
        case .unknown: "unknown"
        case .error: "error"
        }
    }
}
