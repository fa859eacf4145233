/// A path into a document, written `properties.rules[2].name` or `tags["cost.center"]`.
public struct DocumentPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The way down from the document's root; empty for the root itself.
    public var steps: [Step]

    /// A path of these steps; without any, the root's.
    public init(steps: [Step] = []) {
        self.steps = steps
    }

    /// Reads a written path; nil when it is malformed.
    public init?(_ text: String) {
        var steps: [Step] = []
        var rest = Substring(text)
        var expectsKey = !rest.isEmpty
        while !rest.isEmpty {
            if rest.hasPrefix("[\"") {
                rest = rest.dropFirst(2)
                var key = ""
                var isClosed = false
                while let character = rest.popFirst() {
                    if character == "\\", let escaped = rest.popFirst() {
                        key.append(escaped)
                    } else if character == "\"" {
                        isClosed = rest.popFirst() == "]"
                        break
                    } else {
                        key.append(character)
                    }
                }
                guard isClosed else { return nil }
                steps.append(.key(key))
            } else if rest.first == "[" {
                guard let close = rest.firstIndex(of: "]"),
                    let index = Int(rest[rest.index(after: rest.startIndex)..<close]),
                    index >= 0
                else { return nil }
                steps.append(.index(index))
                rest = rest[rest.index(after: close)...]
            } else {
                if !expectsKey {
                    guard rest.popFirst() == "." else { return nil }
                }
                let key = rest.prefix { $0 != "." && $0 != "[" }
                guard !key.isEmpty else { return nil }
                steps.append(.key(String(key)))
                rest = rest.dropFirst(key.count)
            }
            expectsKey = false
        }
        self.steps = steps
    }

    /// The path one step further down.
    public func appending(_ step: Step) -> DocumentPath { DocumentPath(steps: steps + [step]) }

    /// True when this path is equal to the other or stands above it.
    public func covers(_ other: DocumentPath) -> Bool { other.steps.starts(with: steps) }

    /// The written form; reads back to the same path.
    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isPlain(key): text += text.isEmpty ? key : ".\(key)"
            case .key(let key):
                var escaped = ""
                for character in key {
                    if character == "\"" || character == "\\" { escaped.append("\\") }
                    escaped.append(character)
                }
                text += "[\"\(escaped)\"]"
            }
        }
        return text
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "$")
                    || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                    || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            }
    }
}
