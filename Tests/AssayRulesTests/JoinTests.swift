import AssayCore
import Testing

@testable import AssayRules

@Suite("joins and coverage")
struct JoinTests {
    private func resource(
        _ type: String, _ id: String, scope: [String] = ["/subscriptions/s"], links: [ResourceLink] = [],
        condition: String? = nil, body: Tree = .object([])
    ) -> Resource {
        Resource(
            type: type, id: id, provider: .azure, scope: scope, name: String(id.split(separator: "/").last ?? ""),
            origin: Origin(kind: .file, path: "f.json"), links: links, condition: condition, body: Document(body).root)
    }

    private func state(
        _ that: String, by: String, related: String, resources: [Resource], coverage: [Coverage] = []
    ) throws -> (VerdictState, String?) {
        let rule = try RuleReader.read(
            .object([
                ("rule", .string("assay.rule/1")), ("id", .string("r")), ("title", .string("t")),
                ("rationale", .string("r")), ("severity", .string("high")), ("severityReason", .string("s")),
                ("applies_to", .object([("type", .string(resources[0].type))])),
                ("related", .object([("x", .object([("type", .string(related)), ("by", .string(by))]))])),
                ("assert", .array([.object([("that", .string(that)), ("message", .string("m"))])])),
                ("fix", .object([("portal", .string("p"))])),
            ]), file: "r.yaml")
        var catalogue = try RuleCatalogue(files: [])
        catalogue.add([rule])
        let evaluator = try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: RuleTester.defaultNow)
        let estate = Estate(resources: resources, coverage: coverage, rules: [rule])
        let verdict = try #require(evaluator.evaluate(0, in: estate).first)
        return (verdict.state, verdict.reason?.code)
    }

    private static let vault = "/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/v"
    private static let setting = "/providers/microsoft.insights/diagnosticsettings/d"

    @Test("a child that is there decides, one that is not is unknown until its collection is known")
    func joinsChildren() throws {
        let vault = resource("V", Self.vault)
        let child = resource("D", Self.vault + Self.setting)
        let known = Coverage(collection: "d", scope: "/subscriptions/s", state: .read)
        #expect(try state("size(related.x) > 0", by: "child", related: "D", resources: [vault, child]).0 == .unknown)
        #expect(
            try state("related.x.exists(e, true)", by: "child", related: "D", resources: [vault, child]).0 == .pass)
        #expect(
            try state("related.x.exists(e, true)", by: "child", related: "D", resources: [vault]) == (
                .unknown, "notCollected"
            ))
        #expect(
            try state("related.x.exists(e, true)", by: "child", related: "D", resources: [vault], coverage: [known]).0
                == .fail)
    }

    @Test("one denied record in an enclosing or enclosed scope makes the collection unknown")
    func respectsDenials() throws {
        let vault = resource("V", Self.vault, scope: ["/subscriptions/s", "/subscriptions/s/resourcegroups/g"])
        let read = Coverage(collection: "D", scope: "/subscriptions/s", state: .read)
        let denied = Coverage(collection: "D", scope: Self.vault, state: .denied)
        let elsewhere = Coverage(collection: "D", scope: Self.vault + "2", state: .denied)
        let condition = "related.x.exists(e, true)"
        #expect(
            try state(condition, by: "child", related: "D", resources: [vault], coverage: [read, denied]) == (
                .unknown, "denied"
            ))
        #expect(
            try state(condition, by: "child", related: "D", resources: [vault], coverage: [read, elsewhere]).0 == .fail)
    }

    @Test("an extension resource belongs to the resource right above it alone")
    func separatesExtensions() throws {
        let account = resource("A", "/subscriptions/s/resourcegroups/g/providers/m/a/x")
        let blob = resource(
            "D", "/subscriptions/s/resourcegroups/g/providers/m/a/x/blobservices/default" + Self.setting)
        let known = Coverage(collection: "D", scope: "", state: .read)
        #expect(
            try state("size(related.x) == 0", by: "child", related: "D", resources: [account, blob], coverage: [known])
                .0 == .pass)
    }

    @Test("an anchor sees what lies in its scope and nothing else")
    func joinsScope() throws {
        let anchor = resource("Assay::Azure::Subscription", "/subscriptions/s")
        let inside = resource("R", "/subscriptions/s/x")
        let outside = resource("R", "/subscriptions/s2/x", scope: ["/subscriptions/s2"])
        let known = Coverage(collection: "R", scope: "/subscriptions/s", state: .read)
        let found = try state(
            "size(related.x) == 1", by: "scope", related: "R", resources: [anchor, inside, outside], coverage: [known])
        #expect(found.0 == .pass)
    }

    @Test("a value that names nothing needs no coverage; a name that leads nowhere does")
    func joinsReferences() throws {
        let bare = resource("T", "/subscriptions/s/t")
        let naming = resource("T", "/subscriptions/s/t", body: .object([("Key", .string("K1"))]))
        let key = resource("K", "/subscriptions/s/k1")
        let condition = "related.x.exists(e, true)"
        #expect(try state(condition, by: "references(Key)", related: "K", resources: [bare]).0 == .fail)
        #expect(try state(condition, by: "references(Key)", related: "K", resources: [naming]).0 == .unknown)
        #expect(try state(condition, by: "references(Key)", related: "K", resources: [naming, key]).0 == .pass)
        let hidden = resource("T", "/subscriptions/s/t", body: .object([("Key", .unknown(.denied))]))
        #expect(
            try state(condition, by: "references(Key)", related: "K", resources: [hidden, key]) == (.unknown, "denied"))
    }

    @Test("an attachment is found by the other's value, and an unknown value may be one")
    func joinsAttachments() throws {
        let bucket = resource("B", "b.yaml#Bucket", scope: ["file:b.yaml"])
        let known = Coverage(collection: "*", scope: "file:b.yaml", state: .declared)
        func with(_ links: [ResourceLink]) throws -> VerdictState {
            let policy = resource(
                "P", "b.yaml#Policy", scope: ["file:b.yaml"], links: links,
                body: .object([("Bucket", .unknown(.knownAfterDeployment))]))
            return try state(
                "related.x.exists(e, true)", by: "attachedTo(Bucket)", related: "P", resources: [bucket, policy],
                coverage: [known]
            ).0
        }
        let path = DocumentPath(steps: [.key("Bucket")])
        #expect(try with([]) == .unknown)
        #expect(try with([ResourceLink(path: path, target: bucket.id, isConditional: false)]) == .pass)
        #expect(try with([ResourceLink(path: path, target: bucket.id, isConditional: true)]) == .unknown)
        #expect(try with([ResourceLink(path: path, target: "b.yaml#Other", isConditional: false)]) == .fail)
    }

    @Test("a resource whose condition cannot be decided is only related to those that share it")
    func respectsConditions() throws {
        let known = Coverage(collection: "*", scope: "file:u", state: .declared)
        func with(bucket: String?, policy: String?) throws -> VerdictState {
            let bucket = resource("B", "u#Bucket", scope: ["file:u"], condition: bucket)
            let policy = resource(
                "P", "u#Policy", scope: ["file:u"], condition: policy, body: .object([("Bucket", .string("u#Bucket"))]))
            return try state(
                "related.x.exists(e, true)", by: "attachedTo(Bucket)", related: "P", resources: [bucket, policy],
                coverage: [known]
            ).0
        }
        #expect(try with(bucket: nil, policy: nil) == .pass)
        #expect(try with(bucket: nil, policy: "IsProduction") == .unknown)
        #expect(try with(bucket: "IsProduction", policy: "IsProduction") == .pass)
    }
}
