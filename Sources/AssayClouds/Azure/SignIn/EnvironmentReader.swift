/// The environment variables of a run, handed in; empty ones count as not set.
///
/// Descriptions name none of the values: some are secrets.
public struct EnvironmentReader: Sendable, CustomStringConvertible, CustomReflectable {
    /// All variables, for programs that are started.
    let variables: [String: String]

    /// The variables of a process or of a test.
    public init(_ variables: [String: String]) {
        self.variables = variables
    }

    /// The value of a variable; nil when it is not set or blank.
    public subscript(name: String) -> String? {
        guard let value = variables[name], value.contains(where: { !$0.isWhitespace }) else { return nil }
        return value
    }

    /// Which of these variables are not set.
    func missing(_ names: [String]) -> [String] { names.filter { self[$0] == nil } }

    /// How many variables there are.
    public var description: String { "environment of \(variables.count) variables" }

    /// Without the values.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
