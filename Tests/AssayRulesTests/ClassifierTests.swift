import AssayCore
import AssayExpressions
import Testing

@testable import AssayRules

@Suite("classification")
struct ClassifierTests {
    private static let account = "/subscriptions/s/providers/m/accounts/a"
    private static let container = account + "/containers/c"

    private func resource(
        _ members: [(String, Tree)] = [], id: String = account, tags: [String: String] = [:]
    ) -> Resource {
        Resource(
            type: "M/accounts", id: id, provider: .azure, scope: ["/subscriptions/s"], name: "a", tags: tags,
            origin: Origin(kind: .file, path: "f.json"), body: Document(.object(members)).root)
    }

    /// A claim as a rule reads it.
    private func claim(_ name: String, _ classification: Classification) -> String {
        guard case .map(let members) = classification.value, let value = members[name] else { return "missing" }
        return switch value {
        case .bool(let flag): "\(flag)"
        case .string(let text): text
        case .unknown(let causes): "unknown: \(causes)"
        case let other: other.typeName
        }
    }

    private func claim(_ name: String, _ entries: [Classifier.Entry], _ resource: Resource) throws -> String {
        claim(name, try Classifier(entries).classify(resource))
    }

    private let byClass = Classifier.Entry(when: "resource.holds == 'records'", phi: true)

    @Test("a condition that is decided selects or does not")
    func decides() throws {
        #expect(try claim("phi", [byClass], resource([("holds", .string("records"))])) == "true")
        #expect(try claim("phi", [byClass], resource([("holds", .string("builds"))])) == "false")
        #expect(try claim("financial", [byClass], resource([("holds", .string("records"))])) == "false")
    }

    @Test("a condition over a value that is not known leaves unknown what its entry says, with the cause")
    func doubts() throws {
        let hidden = resource([("holds", .unknown(.denied))])
        #expect(try claim("phi", [byClass], hidden) == "unknown: denied at holds")
        #expect(try claim("financial", [byClass], hidden) == "false")
        let placed = Classifier.Entry(when: "resource.holds == 'records'", environment: "production", owner: "records")
        #expect(try claim("environment", [placed], hidden) == "unknown: denied at holds")
        #expect(try claim("owner", [placed], hidden) == "unknown: denied at holds")
        #expect(try claim("phi", [placed], hidden) == "false")
    }

    @Test(
        "a condition that errs decides nothing either",
        arguments: [
            ("resource.holds == 'records'", "unknown: missingPath at classification"),
            ("1 / (size(meta.name) - 1) > 0", "unknown: ruleError at classification"),
            ("meta.name", "unknown: ruleError at classification"),
        ])
    func doubtsErrors(_ when: String, _ expected: String) throws {
        #expect(try claim("phi", [Classifier.Entry(when: when, phi: true)], resource()) == expected)
    }

    @Test("a condition is not asked where ids, types or tags already say no")
    func asksLast() throws {
        let entry = Classifier.Entry(
            types: ["M/other"], tags: ["team": "records"], when: "resource.holds == 'records'", phi: true)
        #expect(try claim("phi", [entry], resource()) == "false")
    }

    @Test("a later entry that is certain settles the claims that it makes, and no others")
    func settles() throws {
        let hidden = resource([("holds", .unknown(.denied))])
        let both = Classifier.Entry(when: "resource.holds == 'records'", phi: true, financial: true)
        let not = Classifier.Entry(types: ["m/accounts"], phi: false)
        #expect(try claim("phi", [both, not], hidden) == "false")
        #expect(try claim("financial", [both, not], hidden) == "unknown: denied at holds")
        #expect(try claim("phi", [not, both], hidden) == "unknown: denied at holds")
    }

    @Test("what is certain to be held stays true, and an entry that could only repeat what is said adds no doubt")
    func keepsCertainty() throws {
        let hidden = resource([("holds", .unknown(.denied))], tags: ["PHI": "yes", "Owner": "records"])
        let entries = [
            byClass,
            Classifier.Entry(when: "resource.holds == 'builds'", phi: false, financial: false, owner: "records"),
        ]
        #expect(try claim("phi", entries, hidden) == "true")
        #expect(try claim("financial", entries, hidden) == "false")
        #expect(try claim("owner", entries, hidden) == "records")
    }

    @Test("a doubt above covers what states nothing of its own; a certain statement wins over it")
    func inherits() throws {
        let account = resource([("holds", .unknown(.denied))])
        func inherited(_ name: String, tags: [String: String] = [:], _ entries: [Classifier.Entry]) throws -> String {
            let estate = Estate(
                resources: [resource(id: Self.container, tags: tags), account], coverage: [],
                classifier: try Classifier(entries), rules: [])
            return claim(name, estate.classification(of: 0))
        }
        let above = Classifier.Entry(
            when: "meta.id.endsWith('/a') && resource.holds == 'records'", phi: true, environment: "production")
        #expect(try inherited("phi", [above]) == "unknown: denied at holds")
        #expect(try inherited("environment", [above]) == "unknown: denied at holds")
        #expect(try inherited("phi", tags: ["phi": "no", "env": "test"], [above]) == "false")
        #expect(try inherited("environment", tags: ["phi": "no", "env": "test"], [above]) == "test")
        let below = Classifier.Entry(when: "meta.id.endsWith('/c') && resource.holds == 'x'", phi: true)
        let certain = Classifier.Entry(when: "meta.id.endsWith('/a')", phi: true)
        let denied = Classifier.Entry(when: "meta.id.endsWith('/a')", phi: false)
        #expect(try inherited("phi", [below, certain]) == "true")
        #expect(try inherited("phi", [below, denied]) == "unknown: missingPath at classification")
    }

    @Test("a rule that is asked of health data alone is unknown where that is in doubt, not notApplicable")
    func reachesVerdicts() throws {
        let rule = try RuleReader.read(
            .object([
                ("rule", .string("assay.rule/1")), ("id", .string("r")), ("title", .string("t")),
                ("rationale", .string("r")), ("severity", .string("high")), ("severityReason", .string("s")),
                (
                    "applies_to",
                    .object([("type", .string("M/accounts")), ("when", .string("classification.phi"))])
                ),
                ("assert", .array([.object([("that", .string("resource.ok")), ("message", .string("m"))])])),
                ("fix", .object([("portal", .string("p"))])),
            ]), file: "r.yaml")
        var catalogue = try RuleCatalogue(files: [])
        catalogue.add([rule])
        let evaluator = try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: RuleTester.defaultNow)
        func verdict(_ holds: Tree) throws -> Verdict {
            let estate = Estate(
                resources: [resource([("holds", holds), ("ok", .bool(true))])], coverage: [],
                classifier: try Classifier([byClass]), rules: [rule])
            return try #require(evaluator.evaluate(0, in: estate).first)
        }
        #expect(try verdict(.string("records")).state == .pass)
        #expect(try verdict(.string("builds")).state == .notApplicable)
        let doubted = try verdict(.unknown(.denied))
        #expect(doubted.state == .unknown)
        #expect(doubted.reason?.code == "denied")
        #expect(doubted.reason?.path == "holds")
    }
}
