import AssayFormats

/// The project's own sources, found from where this test stands.
enum SourceFiles {
    static let root: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/")
    }()

    static var rooms: [String] {
        ((try? FileText.names(in: root + "/Sources")) ?? []).filter { !$0.hasPrefix(".") }
    }

    static func files(of room: String) -> [String] {
        ((try? FileText.paths(below: "\(root)/Sources/\(room)", suffix: ".swift")) ?? []).map {
            "\(root)/Sources/\(room)/\($0)"
        }
    }

    static func text(_ path: String) throws -> String { String(decoding: try FileText.read(path), as: UTF8.self) }
}
