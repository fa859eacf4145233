internal import AssayCore

extension Value {
    /// The value as JSON-like text for a person to read, cut near `limit` bytes; what JSON cannot say is written as
    /// CEL writes it.
    public func rendered(limit: Int = .max) -> String {
        var text = ""
        render(into: &text, limit: limit, depth: 0)
        return text
    }

    private func render(into text: inout String, limit: Int, depth: Int) {
        guard text.utf8.count < limit, depth < 64 else {
            if !text.hasSuffix("…") { text += "…" }
            return
        }
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .int(let number): text += String(number)
        case .uint(let number): text += String(number)
        case .double(let number): text += NumberText.shortest(number)
        case .string(let string): Self.quote(string, into: &text, limit: limit)
        case .bytes(let bytes): text += "b\"\(NumberText.hexadecimal(bytes))\""
        case .timestamp(let time): text += "\"\(time.rfc3339)\""
        case .duration(let span): text += "\"\(span.text)\""
        case .type(let name): text += name
        case .ip(let address): text += "\"\(address.text)\""
        case .cidr(let block): text += "\"\(block.text)\""
        case .unknown(let causes): text += "unknown(\(causes))"
        case .error(let error): text += "error(\(error.code.rawValue): \(error.message))"
        case .optional(let optional):
            guard let inner = optional.value else {
                text += "none"
                return
            }
            inner.render(into: &text, limit: limit, depth: depth + 1)
        case .list(let list): Self.elements(list.elements, list.openness, into: &text, limit: limit, depth: depth)
        case .map(let map): Self.entries(map.entries, into: &text, limit: limit, depth: depth)
        case .document(let node):
            if node.kind == .array {
                Self.elements(
                    node.elements.lazy.map { Value($0) }, nil, into: &text, limit: limit, depth: depth)
            } else {
                let members = node.members.lazy.map {
                    MapValue.Entry(key: .string($0.key), value: Value($0.value))
                }
                Self.entries(members, into: &text, limit: limit, depth: depth)
            }
        }
    }

    private static func elements(
        _ elements: some Sequence<Value>, _ openness: UnknownCauses?, into text: inout String, limit: Int, depth: Int
    ) {
        text += "["
        var isFirst = true
        for element in elements where text.utf8.count < limit {
            if !isFirst { text += "," }
            isFirst = false
            element.render(into: &text, limit: limit, depth: depth + 1)
        }
        if let openness { text += isFirst ? "unknown(\(openness))" : ",unknown(\(openness))" }
        text += "]"
    }

    private static func entries(
        _ entries: some Sequence<MapValue.Entry>, into text: inout String, limit: Int, depth: Int
    ) {
        text += "{"
        var isFirst = true
        for entry in entries where text.utf8.count < limit {
            if !isFirst { text += "," }
            isFirst = false
            entry.key.render(into: &text, limit: limit, depth: depth + 1)
            text += ":"
            entry.value.render(into: &text, limit: limit, depth: depth + 1)
        }
        text += "}"
    }

    private static func quote(_ string: String, into text: inout String, limit: Int) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
            if text.utf8.count >= limit {
                text += "…"
                break
            }
        }
        text += "\""
    }

    /// How much work a value is for an operation that reads it, in steps.
    var weight: Int {
        switch self {
        case .string(let text): text.utf8.count >> 4
        case .bytes(let bytes): bytes.count >> 4
        case .list(let list): list.elements.count >> 1
        case .map(let map): map.count >> 1
        case .document(let node): node.count >> 1
        default: 0
        }
    }
}
