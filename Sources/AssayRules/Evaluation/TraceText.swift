import AssayCore
import AssayHashing

/// Texts of a trace: short enough to store, exact enough to recompute.
enum TraceText {
    static let limit = 256

    /// At most 256 bytes; a longer value ends in `…` and the SHA-256 of the whole.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: limit)
        while end > text.startIndex, String.Index(end, within: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return "\(text[..<end])… (\(Digest(of: text.utf8)))"
    }

    /// `path:line` of the value itself where it stands in a file, else the resource's origin.
    static func origin(of node: DocumentNode?, in resource: Resource) -> String {
        guard resource.origin.kind == .file, resource.hasPlacedBody, let path = resource.origin.path, let node else {
            return resource.origin.display
        }
        return "\(path):\(node.position.line)"
    }
}
