public import AssayCore

/// Puts exported columns below the database that the same scan shows, so that rules of the database find them and its
/// classification reaches them.
///
/// Names of logical servers are unique in Azure. Running it again changes nothing but what newly found databases
/// decide.
public enum SqlColumnPlacement {
    /// The code of a diagnostic about a database that is not among the resources.
    public static let unplacedCode = "shape-database-not-found"

    private static let types: Set<String> = ["assay::azure::sqlcolumn", "assay::azure::sqlcolumnmasterkey"]

    private struct Database {
        let id: String
        let scope: [String]
    }

    /// Rewrites ids, scopes and coverage; returns what could not be placed and what stands twice.
    public static func place(_ resources: inout [Resource], _ coverage: inout [Coverage]) -> [Diagnostic] {
        guard resources.contains(where: { place(of: $0.id) != nil }) || coverage.contains(where: { isOpen($0.scope) })
        else { return [] }
        let databases = databases(of: resources)
        var known: [String: Int] = [:]
        for (index, resource) in resources.enumerated() where types.contains(resource.type.lowercased()) {
            if place(of: resource.id) == nil { known[resource.id] = index }
        }
        var diagnostics: [Diagnostic] = []
        var unplaced: Set<String> = []
        var kept: [Resource] = []
        kept.reserveCapacity(resources.count)
        for resource in resources {
            guard let place = place(of: resource.id) else {
                kept.append(resource)
                continue
            }
            let found = databases[place] ?? []
            guard found.count == 1, let database = found.first else {
                if unplaced.insert(place).inserted { diagnostics.append(missing(place, found.count, resource)) }
                kept.append(resource)
                continue
            }
            var placed = resource
            placed.id = database.id + "/assay" + resource.id.dropFirst(place.count)
            placed.scope = database.scope
            if let index = known[placed.id] {
                guard resources[index].body.description != resource.body.description else { continue }
                diagnostics.append(doubled(placed, resources[index]))
                continue
            }
            kept.append(placed)
        }
        resources = kept
        for index in coverage.indices where isOpen(coverage[index].scope) {
            guard let found = databases[coverage[index].scope], found.count == 1 else { continue }
            coverage[index].scope = found[0].id
        }
        return diagnostics
    }

    private static func isOpen(_ scope: String) -> Bool { scope.hasPrefix("sql:") }

    /// `sql:<server>/<database>` of an id that begins so.
    private static func place(of id: String) -> String? {
        guard isOpen(id) else { return nil }
        let parts = id.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? "\(parts[0])/\(parts[1])" : nil
    }

    /// Databases of servers and of managed instances, by the place that an export gives them.
    private static func databases(of resources: [Resource]) -> [String: [Database]] {
        var databases: [String: [Database]] = [:]
        for resource in resources where resource.type.lowercased().hasSuffix("/databases") {
            guard let identifier = ARMIdentifier(resource.id),
                ["microsoft.sql/servers/databases", "microsoft.sql/managedinstances/databases"].contains(
                    identifier.type?.lowercased()),
                let server = identifier.parent?.split(separator: "/").last
            else { continue }
            let name = identifier.normalised.split(separator: "/").last.map(String.init) ?? identifier.name
            let place = "sql:\(SqlColumnTable.escaped(String(server)))/\(SqlColumnTable.escaped(name))"
            databases[place, default: []].append(Database(id: resource.id, scope: resource.scope))
        }
        return databases
    }

    private static func missing(_ place: String, _ count: Int, _ resource: Resource) -> Diagnostic {
        let name = place.dropFirst(4)
        return Diagnostic(
            code: unplacedCode, severity: count == 0 ? .note : .warning,
            message: count == 0
                ? "database `\(name)` of the exported columns is not in this scan; they stand by themselves"
                : "\(count) databases of this scan answer to `\(name)`; its columns stand by themselves",
            location: .init(path: resource.origin.path ?? "", line: resource.origin.line),
            hint: count == 0
                ? "scan the server in the same run, so that rules of the database see its columns"
                : "scan one of them at a time")
    }

    private static func doubled(_ resource: Resource, _ first: Resource) -> Diagnostic {
        Diagnostic(
            code: "resource-duplicate", severity: .error,
            message: "`\(resource.id)` is also in `\(first.origin.display)` with another content",
            location: .init(path: resource.origin.path ?? "", line: resource.origin.line),
            hint: "remove the older file; the first one was judged")
    }
}
