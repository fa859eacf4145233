/// Lays text out in columns of a terminal.
enum TextColumns {
    /// How many columns a text takes; wide East Asian characters take two, combining marks none.
    static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    /// The text in exactly this many columns, cut with `…` or filled with spaces.
    static func fit(_ text: String, _ columns: Int) -> String {
        let safe = SafeText.line(text)
        let length = width(safe)
        if length <= columns { return safe + String(repeating: " ", count: columns - length) }
        guard columns > 1 else { return String(repeating: "…", count: max(0, columns)) }
        var kept = ""
        var used = 0
        for character in safe {
            let size = width(String(character))
            if used + size > columns - 1 { break }
            kept.append(character)
            used += size
        }
        return kept + "…" + String(repeating: " ", count: columns - 1 - used)
    }

    /// The text in lines of at most this many columns, broken at spaces; a longer word has a line of its own.
    static func wrap(_ text: String, _ columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in SafeText.line(text).split(separator: " ") {
            let size = width(String(word))
            if used > 0, used + 1 + size > columns {
                lines.append(line)
                line = ""
                used = 0
            }
            line += (used > 0 ? " " : "") + word
            used += size + (used > 0 ? 1 : 0)
        }
        if used > 0 { lines.append(line) }
        return lines
    }
}
