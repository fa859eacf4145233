import AssayCore
import AssayFormats
import AssayShapes
import Foundation

/// The catalogue's tables, and documents from text or from files.
enum ShapeFixtures {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
    static let catalogue = root.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Catalogue")
    static let redactor = Redactor(key: Array("a key of thirty-two bytes for us".utf8))

    /// Facts that others wrote; nil when they are not beside the checkout.
    static let shared: URL? = {
        let named = ProcessInfo.processInfo.environment["ASSAY_SHARED"].map { URL(filePath: $0) }
        let beside = catalogue.deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
        return [named, beside].compactMap { $0 }.first { FileManager.default.fileExists(atPath: $0.path()) }
    }()

    private static let loaded = Result { try load() }

    /// The catalogue's tables, read once.
    static func tables() throws -> ShapeTables { try loaded.get() }

    private static func load() throws -> ShapeTables {
        let folder = catalogue.appending(path: "shapes")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "yaml" }.sorted { $0.path() < $1.path() }
        return try ShapeTables(
            documents: files.map { file in
                (name: file.lastPathComponent, document: Document(try YAMLReader.read(Array(Data(contentsOf: file)))))
            })
    }

    static func tree(_ json: String) throws -> Tree {
        Tree(try JSONReader.read(Array(json.utf8)).root)
    }

    /// Every file below a folder with its path from there, sorted.
    static func files(below folder: URL) throws -> [(path: String, url: URL)] {
        let base = folder.resolvingSymlinksInPath().path()
        let prefix = base.hasSuffix("/") ? base : base + "/"
        let urls = FileManager.default.enumerator(at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
        var files: [(path: String, url: URL)] = []
        while let url = urls?.nextObject() as? URL {
            guard !url.hasDirectoryPath else { continue }
            files.append((String(url.path().dropFirst(prefix.count)), url))
        }
        return files.sorted { $0.path < $1.path }
    }

    /// Reads documents, named by their paths, as one export.
    static func outcome(_ documents: [(file: String, json: String)], redactor: Redactor? = redactor) throws
        -> ShapeOutcome
    {
        var interpreter = ExportInterpreter(tables: try tables(), redactor: redactor)
        for document in documents { interpreter.add(try tree(document.json), file: document.file) }
        return interpreter.finish()
    }
}
