public import AssayCore

/// Severities by the names that users write.
public enum SeverityNames {
    /// From critical to info.
    public static var all: [String] { Severity.allCases.reversed().map(\.rawValue) }

    /// The severity with a name; nil for none.
    public static func severity(_ name: String?) -> Severity? { name.flatMap { Severity(rawValue: $0) } }
}
