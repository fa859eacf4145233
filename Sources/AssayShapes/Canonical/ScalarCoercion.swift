import AssayCore

/// Scalars to the kind that the provider's API has, where that loses nothing: `"true"`, `"90"`, `90.0`.
enum ScalarCoercion {
    /// The scalar in the wanted kind, or nil when it cannot have it.
    static func coerce(_ tree: Tree, to shape: ValueShape) -> Tree? {
        switch (shape, tree.content) {
        case (.bool, .bool), (.string, .string): tree
        case (.bool, .string(let text)):
            switch text.lowercased() {
            case "true": Tree(.bool(true), at: tree.position)
            case "false": Tree(.bool(false), at: tree.position)
            default: nil
            }
        case (.integer, .number(let text)), (.integer, .string(let text)):
            integer(text).map { Tree(.number($0), at: tree.position) }
        case (.number, .number): tree
        case (.number, .string(let text)):
            isJSONNumber(text) ? Tree(.number(text), at: tree.position) : nil
        case (.string, .number(let text)): Tree(.string(text), at: tree.position)
        case (.string, .bool(let flag)): Tree(.string(flag ? "true" : "false"), at: tree.position)
        default: nil
        }
    }

    /// The text of an integer that fits 64 bits; a fraction of zeros is dropped.
    private static func integer(_ text: String) -> String? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        }
        guard isJSONNumber(text), let value = Int64(parts[0]) else { return nil }
        return String(value)
    }

    /// RFC 8259, section 6.
    static func isJSONNumber(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: isDigit)
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            guard !fraction.isEmpty else { return false }
            rest = rest.dropFirst(1 + fraction.count)
        }
        if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return false }
            rest = rest.dropFirst(exponent.count)
        }
        return rest.isEmpty
    }
}
