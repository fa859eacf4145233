public import AssayCore

/// Reads separated values (RFC 4180) row by row: quoted cells may hold separators, line ends and doubled quotes.
///
/// A quote counts at the start of a cell only, since some programs write cells without quoting them. Lines without any
/// text are left out.
public struct CSVReader {
    /// One row.
    public struct Row: Sendable, Hashable {
        /// As they are written, without their quotes.
        public let cells: [String]
        /// The line that the row begins in, counted from 1.
        public let line: Int
    }

    /// More cells than any table has; a row beyond it is refused before it fills the memory.
    private static let mostCells = 4096

    private let bytes: [UInt8]
    private let separator: UInt8
    private var index = 0
    private var line = 1

    /// A reader of UTF-8 text without a byte order mark.
    public init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) {
        self.bytes = bytes
        self.separator = separator
    }

    /// The next row, or nil at the end; throws for a quote that is never closed and for a row of too many cells.
    public mutating func next() throws(DocumentError) -> Row? {
        while index < bytes.count {
            let first = line
            var cells: [String] = []
            var isRowOpen = true
            while isRowOpen {
                cells.append(try cell())
                isRowOpen = index < bytes.count && bytes[index] == separator
                if isRowOpen { index += 1 }
                guard cells.count <= Self.mostCells else {
                    throw DocumentError(
                        code: .tooLarge, message: "the row has more than \(Self.mostCells) cells",
                        position: SourcePosition(line: first, column: 1))
                }
            }
            endLine()
            if cells.count > 1 || cells[0].contains(where: { !$0.isWhitespace }) {
                return Row(cells: cells, line: first)
            }
        }
        return nil
    }

    /// Reads up to the separator or the end of the line.
    private mutating func cell() throws(DocumentError) -> String {
        var text: [UInt8] = []
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") { text = try quoted() }
        let start = index
        while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        if text.isEmpty { return String(decoding: bytes[start..<index], as: UTF8.self) }
        return String(decoding: text + bytes[start..<index], as: UTF8.self)
    }

    private mutating func quoted() throws(DocumentError) -> [UInt8] {
        let opened = line
        var text: [UInt8] = []
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                guard index < bytes.count, bytes[index] == byte else { return text }
            } else if byte == 0x0A || byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A) {
                line += 1
            }
            text.append(byte)
            index += 1
        }
        throw DocumentError(
            code: .truncated, message: "a quote is opened and never closed",
            position: SourcePosition(line: opened, column: 1))
    }

    private mutating func endLine() {
        guard index < bytes.count else { return }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        index += 1
        line += 1
    }
}
