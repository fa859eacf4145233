import AssayCore
import Testing

@testable import AssayExpressions

/// Input that is written to exhaust the stack, time or memory ends in an error instead.
@Suite(.timeLimit(.minutes(1))) struct HostileInputTests {
    private static func nested(_ open: String, _ close: String, _ core: String = "1") -> String {
        String(repeating: open, count: 10_000) + core + String(repeating: close, count: 10_000)
    }

    static let tooDeep: [(String, String)] = [
        ("parentheses", nested("(", ")")),
        ("lists", nested("[", "]")),
        ("maps", nested("{1:", "}")),
        ("selections", "resource" + String(repeating: ".a", count: 10_000)),
        ("optional selections", "resource" + String(repeating: ".?a", count: 10_000)),
        ("indices", "resource" + String(repeating: "[0]", count: 10_000)),
        ("nested indices", nested("resource[", "]")),
        ("calls", nested("size(", ")")),
        ("methods", "'a'" + String(repeating: ".trim()", count: 10_000)),
        ("negations", String(repeating: "!", count: 10_000) + "true"),
        ("minus signs", String(repeating: "-", count: 10_000) + "1"),
        ("sums", "1" + String(repeating: " + 1", count: 10_000)),
        ("conditionals", String(repeating: "true ? 1 : ", count: 10_000) + "1"),
        ("macros", nested("[1].all(x, ", ")", "true")),
        ("bindings", nested("cel.bind(x, 1, ", ")")),
        ("unclosed", String(repeating: "([{", count: 10_000)),
    ]

    @Test("nesting beyond the limit is refused with its place", arguments: tooDeep.map(\.0))
    func depth(_ name: String) throws {
        let expression = try #require(Self.tooDeep.first { $0.0 == name }?.1)
        do {
            _ = try Condition(expression, in: Sample.environment())
            Issue.record("\(name) was accepted")
        } catch {
            #expect(error.problems.first?.code == .tooLarge)
            #expect(error.problems.first?.message == "the expression is nested deeper than 250 levels")
            #expect(error.problems.first?.position.line == 1)
        }
    }

    @Test(
        "nesting up to the limit evaluates", arguments: ["parentheses", "lists", "not", "sums", "macros", "bindings"])
    func deepButAllowed(_ name: String) throws {
        func nested(_ open: String, _ close: String, _ core: String, _ count: Int) -> String {
            String(repeating: open, count: count) + core + String(repeating: close, count: count)
        }
        let expression =
            switch name {
            case "parentheses": nested("(", ")", "1", 249)
            case "lists": nested("[", "]", "1", 248) + " != []"
            case "not": nested("!", "", "true", 248)
            case "sums": nested("1 + ", "", "1", 248)
            case "macros": nested("[1].all(x, ", ")", "true", 120)
            default: nested("cel.bind(x, 1, ", ")", "x", 120)
            }
        let condition = try Condition(expression, in: Sample.environment())
        let value = condition.evaluate(try Sample.activation())
        #expect(value.isPresent)
        #expect(Sample.shown(condition.explain(try Sample.activation()).value) == Sample.shown(value))
    }

    @Test("long chains of && and || are not deep")
    func longChains() throws {
        let text = "true" + String(repeating: " && true", count: 20_000)
        #expect(try Sample.evaluate(text) == "true")
        #expect(try Sample.evaluate("false" + String(repeating: " || false", count: 20_000)) == "false")
    }

    @Test("a literal of a megabyte is read")
    func longLiteral() throws {
        let text = String(repeating: "a", count: 1_000_000)
        #expect(try Sample.evaluate("size('\(text)')") == "1000000")
        #expect(try Sample.evaluate("'\(text)'.matches('^(a+)+$')") == "true")
        #expect(throws: ExpressionError.self) { try Condition("'" + text, in: Sample.environment()) }
    }

    @Test("a search that almost matches everywhere takes linear time")
    func repetitiveSearch() throws {
        let text = String(repeating: "a", count: 400_000)
        let part = String(repeating: "a", count: 200_000)
        #expect(try Sample.evaluate("'\(text)'.contains('\(part)b')") == "false")
        #expect(try Sample.evaluate("'\(text)'.lastIndexOf('b\(part)')") == "-1")
    }

    @Test("a text over the size limit is refused")
    func tooLong() {
        let text = String(repeating: " ", count: 2_000_001)
        #expect(throws: ExpressionError.self) { try Condition(text + "1", in: Sample.environment()) }
    }

    static let costly = [
        // 20 ** 8 steps
        (0..<8).reduce("true") { body, depth in
            "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1].all(x\(depth), \(body))"
        },
        // 2 ** 100 letters
        (0..<100).reduce("size(x99)") { body, depth in
            "cel.bind(x\(99 - depth), \(depth == 99 ? "'aaaaaaaaaaaaaaaa'" : "x\(98 - depth) + x\(98 - depth)"), \(body))"
        },
        // 2 ** 100 elements
        (0..<100).reduce("size(x99)") { body, depth in
            "cel.bind(x\(99 - depth), \(depth == 99 ? "[1]" : "x\(98 - depth) + x\(98 - depth)"), \(body))"
        },
        // A replacement of every letter by a long text, twice
        (0..<6).reduce("'aaaaaaaaaaaaaaaaaaaa'") { body, _ in "\(body).replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')"
        },
        (0..<8).reduce("['a','a','a','a','a','a','a','a']") { body, _ in "\(body).map(x, \(body))" },
    ]

    @Test("evaluation over the budget ends in an error", arguments: costly.indices)
    func cost(_ index: Int) throws {
        guard Self.costly[index].utf8.count < 1_500_000 else { return }
        let condition = try Condition(Self.costly[index], in: Sample.environment())
        #expect(Sample.shown(condition.evaluate(Activation())) == "error costExceeded")
        #expect(Sample.shown(condition.explain(Activation()).value) == "error costExceeded")
    }

    @Test("documents as deep as the reader allows are compared and shown")
    func deepDocuments() throws {
        func document(_ core: String) throws -> Value {
            let text = String(repeating: "[", count: 500) + core + String(repeating: "]", count: 500)
            return Value(try JSONReader.read(Array(text.utf8)).root)
        }
        let condition = try Condition("resource == params", in: Sample.environment())
        let same = try Activation(["resource": document("1"), "params": document("1.0")])
        let other = try Activation(["resource": document("1"), "params": document("2")])
        #expect(Sample.shown(condition.evaluate(same)) == "true")
        #expect(Sample.shown(condition.evaluate(other)) == "false")
        #expect(condition.explain(other).atoms.first?.actual.contains("…") == true)
    }

    @Test("the budget counts what an evaluation does, whatever absorbs errors")
    func budget() throws {
        var environment = Sample.environment()
        environment.limits.cost = 20
        let expression = "[1, 2, 3, 4, 5, 6, 7, 8, 9].exists(x, x == 9) || true"
        let condition = try Condition(expression, in: environment)
        #expect(Sample.shown(condition.evaluate(Activation())) == "error costExceeded")
        environment.limits.cost = 60
        let allowed = try Condition(expression, in: environment)
        #expect(Sample.shown(allowed.evaluate(Activation())) == "true")
    }
}
