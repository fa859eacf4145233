import AssayCore
import AssayProgram
import AssayRules
import Testing

@Suite("finding ledger")
struct FindingLedgerTests {
    private static let monday = "2026-03-02T08:00:00Z"
    private static let tuesday = "2026-03-03T08:00:00Z"
    private static let wednesday = "2026-03-04T08:00:00Z"

    private func verdict(
        _ state: VerdictState, rule: String = "r", id: String = "/a/b", name: String = "b", type: String = "T"
    ) -> Verdict {
        Verdict(
            rule: rule, ruleVersion: "1", profile: "default",
            resource: ResourceReference(id: id, type: type, name: name, origin: Origin(kind: .file, path: "f")),
            state: state)
    }

    private func rule(_ id: String, formerly: String = "") throws -> Rule {
        let text: [(String, Tree)] = [
            ("rule", .string("assay.rule/1")), ("id", .string(id)), ("title", .string("t")),
            ("rationale", .string("r")), ("severity", .string("high")), ("severityReason", .string("s")),
            ("formerly", .array(formerly.isEmpty ? [] : [.string(formerly)])),
            ("applies_to", .object([("type", .string("T"))])),
            ("assert", .array([.object([("that", .string("true")), ("message", .string("m"))])])),
            ("fix", .object([("portal", .string("p"))])),
        ]
        return try RuleReader.read(.object(text), file: "r.yaml")
    }

    private func apply(
        _ records: [FindingRecord], _ verdicts: [Verdict], at: String, known: Bool = true, rules: [Rule]? = nil
    ) throws -> FindingLedger.Outcome {
        FindingLedger.apply(
            records, verdicts: verdicts, rules: try rules ?? [rule("r")], isKnown: { _, _ in known }, at: at)
    }

    @Test("a failure opens a finding that keeps its first date")
    func opens() throws {
        let first = try apply([], [verdict(.fail)], at: Self.monday)
        let second = try apply(first.records, [verdict(.fail)], at: Self.tuesday)
        #expect(first.transitions.map(\.kind) == [.opened])
        #expect(second.transitions.isEmpty)
        #expect(second.records.first?.firstSeen == Self.monday)
        #expect(second.records.first?.lastSeen == Self.tuesday)
    }

    @Test("an unknown verdict neither opens nor closes a finding")
    func ignoresUnknown() throws {
        #expect(try apply([], [verdict(.unknown)], at: Self.monday).records.isEmpty)
        let open = try apply([], [verdict(.fail)], at: Self.monday)
        let after = try apply(open.records, [verdict(.unknown)], at: Self.tuesday)
        #expect(after.records == open.records)
        #expect(after.transitions.isEmpty)
    }

    @Test("a pass resolves a finding, and a later failure reopens it under its first date")
    func reopens() throws {
        let open = try apply([], [verdict(.fail)], at: Self.monday)
        let fixed = try apply(open.records, [verdict(.pass)], at: Self.tuesday)
        #expect(fixed.records.first?.state == .resolved)
        #expect(fixed.records.first?.resolution == "fixed")
        let again = try apply(fixed.records, [verdict(.fail)], at: Self.wednesday)
        #expect(again.transitions.map(\.kind) == [.reopened])
        #expect(again.records.first?.firstSeen == Self.monday)
        #expect(again.records.first?.reopened == 1)
        #expect(again.records.first?.resolvedAt == nil)
    }

    @Test("a resource that is gone resolves its findings only when its collection is known")
    func respectsCoverage() throws {
        let open = try apply([], [verdict(.fail)], at: Self.monday)
        #expect(try apply(open.records, [], at: Self.tuesday, known: false).records == open.records)
        let removed = try apply(open.records, [], at: Self.tuesday)
        #expect(removed.records.first?.resolution == "removed")
    }

    @Test("a finding follows its resource to another place")
    func follows() throws {
        let open = try apply([], [verdict(.fail, id: "a.yaml#Bucket", name: "Bucket")], at: Self.monday)
        let moved = try apply(open.records, [verdict(.fail, id: "b.yaml#Bucket", name: "Bucket")], at: Self.tuesday)
        #expect(moved.transitions.map(\.kind) == [.moved])
        #expect(moved.records.count == 1)
        #expect(moved.records.first?.firstSeen == Self.monday)
        #expect(moved.records.first?.key.resource == "b.yaml#Bucket")
    }

    @Test("a resource that was merely not looked at has not moved")
    func doesNotMoveUnseen() throws {
        let open = try apply([], [verdict(.fail, id: "account-a/b", name: "b")], at: Self.monday)
        let after = try apply(
            open.records, [verdict(.fail, id: "account-b/b", name: "b")], at: Self.tuesday, known: false)
        #expect(after.transitions.map(\.kind) == [.opened])
        #expect(after.records.count == 2)
    }

    @Test("where two resources could be the one that moved, nothing is guessed")
    func doesNotGuess() throws {
        let open = try apply([], [verdict(.fail, id: "a#B", name: "B")], at: Self.monday)
        let after = try apply(
            open.records, [verdict(.fail, id: "b#B", name: "B"), verdict(.fail, id: "c#B", name: "B")], at: Self.tuesday
        )
        #expect(after.transitions.map(\.kind.rawValue).sorted() == ["opened", "opened", "resolved"])
    }

    @Test("a finding survives the renaming of its rule")
    func followsRenames() throws {
        let open = try apply([], [verdict(.fail)], at: Self.monday)
        let after = try apply(
            open.records, [verdict(.fail, rule: "r2")], at: Self.tuesday, rules: [rule("r2", formerly: "r")])
        #expect(after.records.map(\.key.rule) == ["r2"])
        #expect(after.records.first?.firstSeen == Self.monday)
    }

    @Test("a rule that was not asked this time leaves its findings alone")
    func leavesOthers() throws {
        let open = try apply([], [verdict(.fail)], at: Self.monday)
        #expect(try apply(open.records, [], at: Self.tuesday, rules: [rule("other")]).records == open.records)
    }
}
