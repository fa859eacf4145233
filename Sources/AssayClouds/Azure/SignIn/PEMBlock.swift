/// One `-----BEGIN …-----` part of a file (RFC 7468, and the headers of RFC 1421 that older programs write).
struct PEMBlock: Sendable {
    /// What the part says it is, such as `CERTIFICATE`.
    let label: String
    /// The decoded content; nil when it is not base64.
    let content: [UInt8]?
    let isEncrypted: Bool

    /// All parts of a file, in order; text between them is passed over, and a part without its end is none.
    static func blocks(in bytes: [UInt8]) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var label: String?
        var content: [UInt8] = []
        var hasEncryptionHeader = false
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = String(decoding: line, as: UTF8.self).trimmed
            if let name = between("-----BEGIN ", text) {
                label = name
                content = []
                hasEncryptionHeader = false
            } else if let begun = label {
                if between("-----END ", text) == begun {
                    blocks.append(
                        PEMBlock(
                            label: begun, content: Base64Coding.decoded(content),
                            isEncrypted: hasEncryptionHeader || begun == "ENCRYPTED PRIVATE KEY"))
                    label = nil
                } else if text.contains(":") {
                    if text.hasPrefix("Proc-Type:"), text.hasSuffix("ENCRYPTED") { hasEncryptionHeader = true }
                } else {
                    content += line
                }
            }
        }
        return blocks
    }

    private static func between(_ start: String, _ line: String) -> String? {
        guard line.hasPrefix(start), line.hasSuffix("-----"), line.utf8.count >= start.utf8.count + 5 else {
            return nil
        }
        return String(line.dropFirst(start.count).dropLast(5))
    }
}
