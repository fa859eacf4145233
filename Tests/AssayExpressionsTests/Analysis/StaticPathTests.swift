import Testing

@testable import AssayExpressions

@Suite struct StaticPathTests {
    static let cases: [(String, [String])] = [
        ("resource.properties.x == params.y", ["resource.properties.x", "params.y"]),
        ("has(resource.a.b)", ["resource.a.b?"]),
        ("resource.?a.?b.orValue(params.c)", ["params.c", "resource.a.b?"]),
        ("default(resource.a.b, 'sample.tls') == 'x'", ["resource.a.b?"]),
        ("resource.rules.all(r, r.port != 22)", ["resource.rules", "resource.rules[].port"]),
        (
            "resource.rules.filter(r, r.a).exists(s, s.b.exists(t, t.c))",
            ["resource.rules", "resource.rules[].a", "resource.rules[].b", "resource.rules[].b[].c"]
        ),
        ("resource.rules[0].port", ["resource.rules[0].port"]),
        ("resource.tags['a.b']", ["resource.tags[\"a.b\"]"]),
        ("resource.tags[params.name]", ["params.name", "resource.tags[]"]),
        (
            "cel.bind(p, resource.properties, p.x && p.y)",
            ["resource.properties", "resource.properties.x", "resource.properties.y"]
        ),
        ("size(resource.name) > 3", ["resource.name"]),
        ("resource.a.exists(k, v, v.x)", ["resource.a", "resource.a[].x"]),
    ]

    @Test("the paths that a condition reads are known from its text", arguments: cases)
    func paths(_ expression: String, _ expected: [String]) throws {
        let condition = try Condition(expression, in: Sample.environment())
        #expect(condition.paths.map { $0.description + ($0.isOptional ? "?" : "") } == expected)
    }

    @Test("a condition names the variables that it reads")
    func variables() throws {
        let condition = try Condition("params.a == resource.b && resource.c", in: Sample.environment())
        #expect(condition.variables == ["params", "resource"])
    }
}
