import AssayCore
import Testing

@testable import AssayExpressions

/// What is refused before it runs, with place and wording.
@Suite struct ProblemTests {
    static let cases: [(String, String)] = [
        ("", "1:1: the expression ends where an expression is expected"),
        ("1 +", "1:4: the expression ends where an expression is expected"),
        ("resource.properties.", "1:21: the expression ends where a field name is expected"),
        ("a b", "1:3: found `b` where the end of the expression is expected"),
        ("(1", "1:3: the expression ends where `)` is expected"),
        ("[1, 2", "1:6: the expression ends where `,` or `]` is expected"),
        ("resource = 1", "1:10: `=` is not an operator; write `==` to compare"),
        ("true & false", "1:6: `&` is not an operator; write `&&`"),
        ("'abc", "1:1: a string is not closed"),
        ("'\\q'", "1:2: unknown escape sequence `\\q`"),
        ("'\\ud800'", "1:2: `d800` is not a Unicode scalar value"),
        ("9223372036854775808", "1:1: `9223372036854775808` does not fit int"),
        ("1 == 1 &&\n  for", "2:3: `for` is a reserved word and cannot be a name"),
        ("#", "1:1: unexpected character `#`"),
        ("has(resource)", "1:5: `has` takes a field selection such as `has(a.b)`"),
        ("[1].all(1, true)", "1:9: `all` needs a simple name as its variable"),
        ("[1].all(x, x, true)", "1:12: `all` needs two different variables"),
        ("math.greatest()", "1:1: `math.greatest` needs at least one argument"),
        ("nobody == 1", "1:1: `nobody` is not declared"),
        ("iam.frobnicate(resource)", "1:1: there is no function `iam.frobnicate`"),
        ("'a' + 1", "1:1: `+` cannot be applied to `string`, `int`"),
        ("!'a'", "1:1: `!` cannot be applied to `string`"),
        ("size(1)", "1:1: `size` cannot be applied to `int`"),
        ("'a'.startsWith(1)", "1:1: `startsWith` cannot be applied on `string` with `int`"),
        ("1 && true", "1:1: a bool is needed here and this is `int`"),
        ("true ? 1 : 'a'", "1:1: the two results of `?:` have types `int` and `string`; write `dyn(…)` to mix"),
        ("'a'.b", "1:1: `string` has no fields, so `.b` cannot be selected"),
        ("1.all(x, true)", "1:1: `all` needs a list or a map and this is `int`"),
        ("{1.5: 2}", "1:2: `double` cannot be a map key"),
        ("[?1]", "1:3: `?` needs an optional and this is `int`"),
        ("'a'.matches('(')", "1:13: a group is not closed at offset 0: `(`"),
        ("default(resource.x, 'no.such')", "1:21: there is no default `no.such`"),
        ("default(resource.x, params.name)", "1:21: `default` needs the name of a default table as a string"),
        ("Message{a: 1}", "1:1: message type `Message` is not known"),
        ("é", "1:1: unexpected character `é`"),
    ]

    @Test("a refused expression says where and why", arguments: cases)
    func problem(_ expression: String, _ expected: String) {
        #expect {
            try Condition(expression, in: Sample.environment())
        } throws: { error in
            let text = "\(error)"
            if text != expected { print("problem: \(expression) → \(text)") }
            return text == expected
        }
    }

    @Test("one mistake gives one problem, and every mistake is reported")
    func allProblems() {
        do {
            _ = try Condition("nobody == 1 && nothing.x && 'a' + 1 == 2", in: Sample.environment())
            Issue.record("accepted")
        } catch {
            #expect(error.problems.map(\.code) == [.undeclared, .undeclared, .noSuchOverload])
            #expect(error.problems.map(\.position.column) == [1, 16, 29])
        }
    }
}
