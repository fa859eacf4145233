import AssayCore
import Testing

@testable import AssayRules

/// A small snapshot for tests of derived facts, written as JSON bodies.
struct DerivedSnapshot {
    static let tenant = "/tenants/t1"
    static let subscription = "/subscriptions/s1"
    static let group = "/subscriptions/s1/resourcegroups/r1/providers/"

    var resources: [Resource] = []
    var coverage: [Coverage] = []

    /// Adds a resource of the subscription, or of the tenant for Graph's types.
    mutating func add(_ type: String, _ id: String, _ json: String, kind: Origin.Kind = .api) throws {
        let isGraph = type.lowercased().hasPrefix("microsoft.graph")
        resources.append(
            Resource(
                type: type, id: id.lowercased(), provider: isGraph ? .entra : .azure,
                scope: isGraph ? [Self.tenant] : [Self.subscription], name: String(id.split(separator: "/").last ?? ""),
                origin: Origin(kind: kind, call: "GET \(id)"), body: try JSONReader.read(Array(json.utf8)).root))
    }

    /// Hides a value of the last resource.
    mutating func hide(_ path: String, _ reason: UnknownReason) throws {
        var resource = try #require(resources.last)
        resources.removeLast()
        var tree = Tree(resource.body)
        tree.set(.unknown(reason), at: try #require(DocumentPath(path)))
        resource.body = Document(tree).root
        resources.append(resource)
    }

    mutating func know(_ collections: String..., scope: String = "") {
        coverage += collections.map { Coverage(collection: $0, scope: scope, state: .read) }
    }

    mutating func record(_ collection: String, _ state: Coverage.State, scope: String = "") {
        coverage.append(Coverage(collection: collection, scope: scope, state: state))
    }

    func facts(_ type: String) -> [Resource] {
        DerivedFacts.facts(of: resources, coverage: coverage).resources.filter { $0.type == type }
    }
}

extension DocumentNode {
    /// A value as text: JSON for what is known, `?reason` for what is not.
    func text(_ path: String) -> String {
        guard let parsed = DocumentPath(path), let node = self[parsed] else { return "absent" }
        if let reason = node.unknownReason { return "?\(reason.rawValue)" }
        return node.string ?? node.description
    }

    /// The last element of a list when it says that there may be more.
    func openness(_ path: String) -> UnknownReason? {
        guard let parsed = DocumentPath(path), let node = self[parsed] else { return nil }
        return Array(node.elements).last?.unknownReason
    }
}
