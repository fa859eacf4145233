extension RegularExpression {
    /// The text with its matches, at most `limit`, replaced.
    ///
    /// In the template `\0` stands for the match, `\1` to `\9` for what a group matched (nothing if it took no part)
    /// and `\\` for a backslash.
    ///
    /// - Throws: ``RegularExpressionError`` of kind `invalidReplacement` for any other backslash and for groups that the
    ///   pattern does not have, whether or not there is a match.
    public func replacing(
        _ text: String, limit: Int = .max, with template: String
    ) throws(RegularExpressionError) -> String {
        let parts = try replacementParts(template)
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var position = 0
        for match in matches(in: text, limit: limit) {
            output += bytes[position..<match.range.lowerBound]
            for part in parts {
                switch part {
                case .text(let text): output += text
                case .group(let index): output += match.captures[index].map { range in bytes[range] } ?? []
                }
            }
            position = match.range.upperBound
        }
        output += bytes[position...]
        return String(decoding: output, as: UTF8.self)
    }

    private enum ReplacementPart {
        case text([UInt8])
        case group(Int)
    }

    private func replacementParts(_ template: String) throws(RegularExpressionError) -> [ReplacementPart] {
        var parts: [ReplacementPart] = []
        var literal: [UInt8] = []
        let bytes = Array(template.utf8)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "\\") else {
                literal.append(byte)
                continue
            }
            let escaped = position < bytes.count ? bytes[position] : nil
            if escaped == byte {
                literal.append(byte)
            } else if let group = escaped?.decimalDigit, group <= captureCount {
                parts.append(.text(literal))
                parts.append(.group(group))
                literal = []
            } else {
                let end = min(position + 1, bytes.count)
                throw RegularExpressionError(
                    kind: .invalidReplacement, offset: position - 1,
                    fragment: String(decoding: bytes[(position - 1)..<end], as: UTF8.self))
            }
            position += 1
        }
        parts.append(.text(literal))
        return parts
    }
}
