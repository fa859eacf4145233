import AssayCatalogue
import AssayClouds
import AssayCore
import AssayFormats
public import AssayRules
import AssayShapes

/// The catalogue of this binary, read once a run, with a user's own rules on top.
public struct EmbeddedCatalogue: Sendable {
    /// Rules, frameworks, controls and defaults, with a user's rules in place of those of the same id.
    public private(set) var rules: RuleCatalogue
    let tables: ShapeTables
    /// The collections of live sources.
    let collections: CollectionTable

    /// Reads the embedded catalogue.
    public init() throws {
        var trees: [(path: String, tree: Tree)] = []
        var shapes: [(name: String, document: Document)] = []
        var collectors: [(name: String, document: Document)] = []
        for (path, text) in Catalogue.files {
            let document = try JSONReader.read(text)
            if path.hasPrefix("shapes/"), !path.hasPrefix("shapes/defaults-") {
                shapes.append((path, document))
            } else if path.hasPrefix("collectors/") {
                collectors.append((path, document))
            } else {
                trees.append((path, Tree(document.root)))
            }
        }
        rules = try RuleCatalogue(files: trees)
        tables = try ShapeTables(documents: shapes)
        collections = try CollectionTable(documents: collectors)
    }

    /// Adds the rules below a folder or in a file.
    public mutating func addRules(at path: String) throws -> [Rule] {
        let added = try RuleFiles.read(path)
        rules.add(added)
        return added
    }

    /// The types that sources can give.
    var types: [String] { tables.types }

    /// Known property paths by type in lower case, for the linter.
    var knownPaths: [String: KnownPaths] {
        var paths: [String: KnownPaths] = [:]
        for type in tables.types {
            let known = tables.knownPaths(ofType: type)
            if !known.isEmpty {
                paths[type.lowercased()] = KnownPaths(known.map { $0.filter { $0 != "[" && $0 != "]" } })
            }
        }
        return paths
    }
}

/// Rule files of a user.
public enum RuleFiles {
    /// Reads every `.yaml` and `.yml` below a folder, or one file.
    public static func read(_ path: String) throws -> [Rule] {
        var rules: [Rule] = []
        for file in try files(path) {
            do {
                rules.append(try RuleReader.read(try YAMLReader.read(try FileText.read(file)), file: file))
            } catch let error as DocumentError {
                throw CatalogueError(file: file, message: error.message, position: error.position)
            }
        }
        return rules
    }

    /// The rule files that a path names.
    static func files(_ path: String) throws -> [String] {
        let kind: FileText.Kind
        do {
            kind = try FileText.kind(path)
        } catch {
            throw ConfigurationError("cannot read rules: \(error)", hint: "name a rule file or a folder of them")
        }
        guard kind == .folder else { return [path] }
        return
            (try FileText.paths(below: path, suffix: ".yaml") + FileText.paths(below: path, suffix: ".yml"))
            .map { path + "/" + $0 }
    }
}
