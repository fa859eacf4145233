/// A place in a text: line and column count from 1, the column in UTF-8 bytes.
public struct SourcePosition: Sendable, Hashable {
    /// Counted from 1.
    public let line: Int
    /// Counted from 1 in UTF-8 bytes, not in characters.
    public let column: Int

    /// A position as a parser counts it.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}
