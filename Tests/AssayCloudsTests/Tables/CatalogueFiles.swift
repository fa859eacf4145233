import AssayCore
import AssayFormats
import AssayShapes
import Glibc

@testable import AssayClouds

/// The catalogue's files and the fixtures of collections, as a person edits them.
enum CatalogueFiles {
    private static let root = String(#filePath.split(separator: "/Tests/")[0])

    /// Every file of a folder of the catalogue, with its path below it.
    static func documents(_ folder: String) throws -> [(name: String, document: Document)] {
        let folder = root + "/Catalogue/" + folder
        return try FileText.paths(below: folder, suffix: ".yaml").sorted().map { path in
            (path, Document(try YAMLReader.read(FileText.read(folder + "/" + path))))
        }
    }

    private static let readTable = Result { try CollectionTable(documents: documents("collectors")) }

    /// The tables of collections, read once.
    static func table() throws -> CollectionTable { try readTable.get() }

    private static let readShapes = Result { try ShapeTables(documents: documents("shapes")) }

    /// The type tables, read once.
    static func shapes() throws -> ShapeTables { try readShapes.get() }

    /// A recorded answer of one collection.
    struct Fixture {
        let type: String
        let document: Tree

        /// `GET /subscriptions/…?api-version=…`.
        var request: String { document["request"]?.stringValue ?? "" }
        /// What the answer holds: the elements of a list, or the one object.
        var elements: [Tree] { CatalogueFiles.elements(of: document["response"]) }
        /// Member paths that no published answer shows, and that the provider documents.
        var documented: [String] { (document["documented"]?["paths"]?.elements ?? []).compactMap(\.stringValue) }
    }

    private static let folder = root + "/Tests/AssayCloudsTests/Fixtures/collections"

    /// All fixtures by type.
    static func fixtures() throws -> [String: Fixture] {
        var fixtures: [String: Fixture] = [:]
        for name in try FileText.names(in: folder) where name.hasSuffix(".json") {
            let type = String(name.dropLast(5)).replacing("_", with: "/")
            let tree = Tree(try JSONReader.read(FileText.read(folder + "/" + name)).root)
            fixtures[type] = Fixture(type: type, document: tree)
        }
        return fixtures
    }

    /// The elements of an answer, which is a list in a member, a bare list, or one object.
    static func elements(of answer: Tree?) -> [Tree] {
        guard let answer else { return [] }
        return answer["value"]?.elements ?? answer.elements ?? [answer]
    }

    // MARK: Shared facts

    /// The folder of shared facts; nil when it is neither named by `ASSAY_SHARED` nor beside the checkout.
    static let shared: String? = {
        [variable("ASSAY_SHARED"), root + "/../shared"].compactMap(\.self).first {
            (try? FileText.names(in: $0 + "/azure-api")) != nil
        }
    }()

    /// True where the shared facts must be there.
    static let isContinuousIntegration = variable("CI") != nil

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}

/// A rule of the catalogue, as far as it says what it reads.
struct ReadingRule {
    let id: String
    let type: String
    let related: [(type: String, by: String)]

    /// The rules of Azure and Entra.
    static func all() throws -> [ReadingRule] {
        try CatalogueFiles.documents("rules").compactMap { _, document -> ReadingRule? in
            let root = document.root
            guard let id = root["id"]?.string, id.hasPrefix("azure-") || id.hasPrefix("entra-") else { return nil }
            let related = (root["related"] ?? Document.empty.root).members.map { member in
                (member.value["type"]?.string ?? "", member.value["by"]?.string ?? "")
            }
            return ReadingRule(id: id, type: root["applies_to"]?["type"]?.string ?? "", related: related)
        }
    }
}
