public import AssayCore
import Crypto

/// Takes secrets and health data out of a value before it is sealed.
///
/// Each becomes `{"$redacted":{"kind":"secret/…","mac":"…"}}`. The code is an HMAC-SHA256 (RFC 2104) with a key of
/// the workspace: equal values can be told, and nobody without the key can guess them. The whole value goes, also
/// where only a part of a text is secret. References to a secret (Key Vault, dynamic references, ARNs) stay.
public struct Redactor: Sendable {
    private let key: SymmetricKey?
    private let names = TellingNames()

    /// - Parameter key: the workspace's key, 32 random bytes; nil leaves the code out, since without a workspace
    ///   nothing is kept that it could be compared with.
    public init(key: [UInt8]?) {
        self.key = key.map { SymmetricKey(data: $0) }
    }

    /// The tree with markers in place, and where they stand.
    public func redact(_ tree: Tree) -> (tree: Tree, redactions: [Redaction]) {
        var found: [Redaction] = []
        let redacted = redacted(tree, name: "", at: DocumentPath(), into: &found)
        return (redacted, found)
    }

    /// Replaces the text at a path by a marker, whatever it looks like: its place says that it is secret.
    func conceal(_ path: DocumentPath, in tree: inout Tree) {
        guard let value = tree[path], let text = value.stringValue ?? value.numberText else { return }
        tree.set(marker("secret/declared", text, at: value.position), at: path)
    }

    /// A message with every word that is secret replaced by its kind.
    public func redact(text: String) -> String {
        var words: [String] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            words.append(
                SensitiveValue.kind(of: String(word), named: names[""]).map { "[redacted \($0)]" } ?? String(word))
        }
        let message = words.joined(separator: " ")
        return SensitiveValue.kind(of: message, named: names[""]).map { "[redacted \($0)]" } ?? message
    }

    private func redacted(_ tree: Tree, name: String, at path: DocumentPath, into found: inout [Redaction]) -> Tree {
        switch tree.content {
        case .string(let text), .number(let text):
            let isNumber = tree.numberText != nil
            guard
                let kind = isNumber
                    ? SensitiveValue.kind(ofNumber: text, named: names[name])
                    : SensitiveValue.kind(of: text, named: names[name])
            else { return tree }
            found.append(Redaction(resource: nil, path: path, kind: kind))
            return marker(kind, text, at: tree.position)
        case .array(let elements):
            var kept: [Tree] = []
            for (index, element) in elements.enumerated() {
                kept.append(redacted(element, name: name, at: path.appending(.index(index)), into: &found))
            }
            return Tree(.array(kept), at: tree.position)
        case .object(let members):
            if tree.isRedacted { return tree }
            let given = Self.givenName(members)
            var kept: [Tree.Member] = []
            for member in members {
                let name = Self.valueKeys.contains(member.key) ? given ?? member.key : member.key
                kept.append(
                    Tree.Member(
                        member.key,
                        redacted(member.value, name: name, at: path.appending(.key(member.key)), into: &found)))
            }
            return Tree(.object(kept), at: tree.position)
        default: return tree
        }
    }

    private static let valueKeys: Set<String> = ["value", "Value", "ParameterValue", "paramValue"]
    private static let nameKeys = ["name", "Name", "key", "Key", "keyName", "ParameterKey", "paramName"]

    /// What a list of settings calls the value that stands beside the name.
    private static func givenName(_ members: [Tree.Member]) -> String? {
        for name in nameKeys {
            if let text = members.first(where: { $0.key == name })?.value.stringValue { return text }
        }
        return nil
    }

    private func marker(_ kind: String, _ text: String, at position: SourcePosition?) -> Tree {
        var inner = Tree.object([("kind", .string(kind))])
        if let key {
            let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
            inner["mac"] = .string(Hexadecimal.encode(Array(code)))
        }
        return Tree(.object([.init("$redacted", inner)]), at: position)
    }
}

/// That a value was taken out, and where; never the value.
public struct Redaction: Sendable, Hashable {
    /// The resource's id; nil for a tree that is none.
    public let resource: String?
    /// Where in the resource's body, or in the tree.
    public let path: DocumentPath
    /// `secret/…` or `phi/…`.
    public let kind: String

    init(resource: String?, path: DocumentPath, kind: String) {
        self.resource = resource
        self.path = path
        self.kind = kind
    }
}
