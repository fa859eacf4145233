internal import AssayCore

/// A range of UTF-8 bytes of an expression's text.
struct SourceSpan: Sendable, Hashable {
    var start: Int32
    var end: Int32

    init(_ start: Int, _ end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
    }
}

/// The text of an expression, which can say what stands in a span and where that is.
struct SourceText: Sendable {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    subscript(span: SourceSpan) -> String {
        let start = min(max(0, Int(span.start)), bytes.count)
        return String(decoding: bytes[start..<min(max(start, Int(span.end)), bytes.count)], as: UTF8.self)
    }

    func position(of offset: Int) -> SourcePosition {
        var line = 1
        var lineStart = 0
        for index in 0..<min(max(0, offset), bytes.count) where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        return SourcePosition(line: line, column: max(0, offset - lineStart) + 1)
    }

    func problem(
        _ code: ExpressionError.Problem.Code, _ message: String, at offset: Int
    ) -> ExpressionError.Problem {
        ExpressionError.Problem(code: code, message: message, position: position(of: offset))
    }
}
