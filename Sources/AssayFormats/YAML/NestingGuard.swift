import AssayCore

/// Refuses text whose flow or block nesting is deeper than a limit before a recursive parser sees it.
enum NestingGuard {
    /// Counts open brackets outside of quotes, and `- - -` and `? ? ?` chains on one line; both overestimate at most
    /// by what stands in plain scalars and comments.
    static func check(_ bytes: [UInt8], depth limit: Int) throws(DocumentError) {
        var open = 0
        var dashes = 0
        var line = 1
        var lineStart = 0
        var quote: UInt8 = 0
        var index = 0
        // Brackets in block scalars and comments may be unbalanced, so the count restarts with every line that
        // begins in the first column.
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\n") {
                line += 1
                lineStart = index + 1
                dashes = 0
                if quote == 0, index + 1 < bytes.count, bytes[index + 1] > 0x20,
                    !"[]{}\"',".utf8.contains(bytes[index + 1])
                {
                    open = 0
                }
            } else if quote != 0 {
                if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                    index += 1
                } else if byte == quote {
                    quote = 0
                }
            } else {
                switch byte {
                case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
                case UInt8(ascii: "-"), UInt8(ascii: "?"):
                    if index + 1 < bytes.count, bytes[index + 1] == 0x20 { dashes += 1 }
                case UInt8(ascii: "\""):
                    // Only inside flow collections is a quote sure to open a string.
                    if open > 0, index == 0 || ":,[{ \n".utf8.contains(bytes[index - 1]) { quote = byte }
                default: break
                }
                if open > limit || dashes > limit {
                    throw DocumentError(
                        code: .tooDeep, message: "nesting is deeper than the limit of \(limit)",
                        position: SourcePosition(line: line, column: index - lineStart + 1))
                }
            }
            index += 1
        }
    }
}
