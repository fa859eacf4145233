import AssayCore
import Testing

@testable import AssayRules

/// Relations to children in two passes, held against the general reader.
@Suite("joins in bulk")
struct BulkJoinTests {
    private static func line(_ type: String, _ id: String, _ body: String) -> [UInt8] {
        Array(
            (#"{"resource":{"type":"\#(type)","id":"\#(id)","provider":"azure","scope":["/subscriptions/s"],"#
                + #""name":"n","tags":{},"origin":{"kind":"api"},"unknown":[],"body":\#(body)}}"#).utf8)
    }

    private static let parent = line("P/a", "/subscriptions/s/providers/p/a/1", "{}")

    private static func child(_ name: String, _ body: String, type: String = "P/a/b") -> [UInt8] {
        line(type, "/subscriptions/s/providers/p/a/1/b/\(name)", body)
    }

    private static func evaluator() throws -> RuleEvaluator {
        var catalogue = try RuleCatalogue(files: [])
        catalogue.add([
            try RuleReader.read(
                .object([
                    ("rule", .string("assay.rule/1")), ("id", .string("r-1")), ("title", .string("t")),
                    ("rationale", .string("r")), ("severity", .string("high")), ("severityReason", .string("s")),
                    ("applies_to", .object([("type", .string("P/a"))])),
                    ("related", .object([("kids", .object([("type", .string("P/a/b")), ("by", .string("child"))]))])),
                    (
                        "assert",
                        .array([
                            .object([
                                ("that", .string("related.kids.all(k, k.resource.on == true)")),
                                ("message", .string("m")),
                            ])
                        ])
                    ),
                    ("fix", .object([("portal", .string("p"))])),
                ]), file: "r.yaml")
        ])
        return try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: RuleTester.defaultNow)
    }

    /// The state of the only pair on the parent, from both readers.
    private static func states(
        _ children: [[UInt8]], isRead: Bool
    ) throws -> (bulk: BulkState?, general: VerdictState?) {
        let evaluator = try evaluator()
        let program = BulkProgram(evaluator, layout: .sealed)
        let coverage =
            isRead
            ? [Coverage(collection: "P/a/b", scope: "/subscriptions/s", state: .read, count: children.count)] : []
        let text: [UInt8] = ([parent] + children).flatMap { (line: [UInt8]) -> [UInt8] in line + [0x0A] }
        let padded = text + [UInt8](repeating: 0, count: BulkWorker.spare)
        var block = BulkBlock()
        var first = BulkWorker(program, collecting: Classifier())
        first.scan(padded, 0..<text.count, into: &block)
        let collector = first.collector
        let table = JoinTable(program, [try #require(collector)], coverage: coverage)
        var second = BulkWorker(program, table: table)
        second.scan(padded, 0..<text.count, into: &block)
        let resources = try ([parent] + children).map { line in
            try Resource(json: try #require(try JSONReader.read(line).root["resource"]))
        }
        let estate = Estate(resources: resources, coverage: coverage, rules: evaluator.askedRules)
        return (BulkState(rawValue: try #require(block.states.first)), evaluator.evaluate(0, in: estate).first?.state)
    }

    @Test("children that all hold pass where their collection was read, and are left open where it was not")
    func holds() throws {
        let children = [Self.child("1", #"{"on":true}"#), Self.child("2", #"{"on":true}"#)]
        #expect(try Self.states(children, isRead: true) == (.pass, .pass))
        #expect(try Self.states(children, isRead: false) == (.undecided, .unknown))
    }

    @Test("one child that does not hold fails, whether or not there may be more", arguments: [true, false])
    func fails(isRead: Bool) throws {
        let children = [Self.child("1", #"{"on":true}"#), Self.child("2", #"{"on":false}"#)]
        #expect(try Self.states(children, isRead: isRead) == (.fail, .fail))
    }

    @Test("a line that the scan cannot follow may be a child that does not hold")
    func unreadable() throws {
        let children = [Self.child("1", #"{"on":true}"#), Self.child("2", #"{"on":false}"#, type: "P/a/\\u0062")]
        #expect(try Self.states(children, isRead: true) == (.undecided, .fail))
    }

    @Test("tags that are no strings leave what is said of a resource open")
    func brokenTags() {
        #expect(BulkProgram.tags(Array(#"{"phi":true}"#.utf8)) == nil)
        #expect(BulkProgram.tags(Array(#"{"phi":"yes"}"#.utf8)) == ["phi": "yes"])
    }
}
