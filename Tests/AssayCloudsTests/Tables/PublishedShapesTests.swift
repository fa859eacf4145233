import AssayCore
import AssayFormats
import Testing

@testable import AssayClouds

/// Holds our answers against those that Azure gave and that Microsoft publishes (`azure-api` of the shared facts).
@Suite("answers of collections beside published ones")
struct PublishedShapesTests {
    /// Member paths that published answers of a type show; the key is the lower-cased type, or `graph:` and the path.
    private struct Published {
        var paths: [String: Set<String>] = [:]

        mutating func add(_ tree: Tree?, to key: String) {
            for element in CatalogueFiles.elements(of: tree) {
                PublishedShapesTests.collect(element, of: key, into: &paths[key, default: []])
            }
        }
    }

    /// Members whose own members the user names, by the beginning of the lower-cased type.
    private static let freelyNamed: [(type: String, path: String)] = [
        ("microsoft.authorization/policy", "properties.parameters"), ("microsoft.blueprint/", "properties.parameters"),
        ("microsoft.blueprint/", "properties.resourceGroups"),
        ("microsoft.policyinsights/attestations", "properties.metadata"),
    ]

    private static func collect(_ tree: Tree, of type: String, below path: String = "", into paths: inout Set<String>) {
        for element in tree.elements ?? [] { collect(element, of: type, below: path, into: &paths) }
        // The names of tags are the user's in every type.
        if path == "tags" { return }
        let isFree = freelyNamed.contains { type.hasPrefix($0.type) && $0.path == path }
        for member in tree.members ?? [] {
            let inner = (path.isEmpty ? "" : path + ".") + (isFree ? "*" : member.key)
            paths.insert(inner)
            collect(member.value, of: type, below: inner, into: &paths)
        }
    }

    /// The lower-cased type that an ARM path names; nil when it names none.
    static func type(of path: String) -> String? {
        let path = path.prefix { $0 != "?" }.lowercased()
        guard let start = path.ranges(of: "/providers/").last else { return nil }
        let segments = path[start.upperBound...].split(separator: "/")
        guard segments.count > 1 else { return nil }
        return ([segments[0]] + stride(from: 1, to: segments.count, by: 2).map { segments[$0] }).joined(separator: "/")
    }

    /// A Graph path without version, placeholders and query.
    private static func graphKey(_ path: String) -> String {
        let segments = path.prefix { $0 != "?" }.lowercased().split(separator: "/")
        return "graph:" + segments.filter { $0 != "v1.0" && $0 != "beta" && !$0.hasPrefix("{") }.joined(separator: "/")
    }

    private static func read(_ folder: String) throws -> [(path: String, tree: Tree)] {
        try FileText.paths(below: folder, suffix: ".json").sorted().map { path in
            (path, Tree(try JSONReader.read(FileText.read(folder + "/" + path)).root))
        }
    }

    private static func published(_ shared: String) throws -> Published {
        var published = Published()
        for (path, file) in try read(shared + "/azure-api/examples") {
            let examples = file["examples"]?.elements ?? []
            if path.hasPrefix("MicrosoftGraph") {
                for path in (file["paths"]?.elements ?? []).compactMap(\.stringValue) {
                    let key = graphKey(path.split(separator: " ").last.map(String.init) ?? "")
                    for example in examples { published.add(example["response"], to: key) }
                }
            } else if let key = type(of: file["path"]?.stringValue ?? "") {
                for example in examples {
                    for response in example["responses"]?.members ?? [] {
                        published.add(response.value["body"], to: key)
                    }
                    // What is written has the shape of what is read.
                    for parameter in example["parameters"]?.members ?? [] where parameter.value.members != nil {
                        published.add(parameter.value, to: key)
                    }
                }
            }
        }
        for (_, file) in try read(shared + "/azure-api/recorded") {
            for record in file.elements ?? [] {
                guard let status = record["status"]?.numberText, status.hasPrefix("2"),
                    let key = type(of: record["uri"]?.stringValue ?? "")
                else { continue }
                published.add(record["response_body"], to: key)
                if record["request_body"]?.members != nil { published.add(record["request_body"], to: key) }
            }
        }
        published.paths = published.paths.filter { !$0.value.isEmpty }
        return published
    }

    @Test(
        "every member of ours stands in a published answer of the type, or where the provider documents it",
        .enabled(
            if: CatalogueFiles.shared != nil || CatalogueFiles.isContinuousIntegration,
            "the shared facts are not here; name their folder in ASSAY_SHARED"))
    func conforms() throws {
        let published = try Self.published(try #require(CatalogueFiles.shared, "CI has the shared facts"))
        var compared = 0
        for (type, fixture) in try CatalogueFiles.fixtures().sorted(by: { $0.key < $1.key }) {
            let isGraph = type.hasPrefix("microsoft.graph/")
            let request = fixture.request.split(separator: " ").last.map(String.init) ?? ""
            guard let known = published.paths[isGraph ? Self.graphKey(request) : type.lowercased()] else { continue }
            compared += 1
            var ours: Set<String> = []
            for element in fixture.elements { Self.collect(element, of: type.lowercased(), into: &ours) }
            if let detail = fixture.document["detail"]?["response"] {
                Self.collect(detail, of: type.lowercased(), into: &ours)
            }
            let documented = fixture.documented + (DocumentedMembers.paths[type]?.paths ?? [])
            let surplus = ours.subtracting(known).filter { path in
                !documented.contains { path == $0 || path.hasPrefix($0 + ".") }
            }
            #expect(surplus.isEmpty, "\(type): \(surplus.sorted())")
        }
        #expect(compared == 172)
    }

    @Test("a member that is documented elsewhere is one that an answer of ours has")
    func documentedIsUsed() throws {
        let fixtures = try CatalogueFiles.fixtures()
        for (type, documented) in DocumentedMembers.paths {
            let fixture = try #require(fixtures[type], "\(type)")
            var ours: Set<String> = []
            for element in fixture.elements { Self.collect(element, of: type.lowercased(), into: &ours) }
            for path in documented.paths { #expect(ours.contains(path), "\(type): \(path)") }
            #expect(!documented.source.isEmpty)
        }
    }
}
