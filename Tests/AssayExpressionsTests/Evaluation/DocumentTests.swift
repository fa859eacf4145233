import Testing

@testable import AssayExpressions

@Suite struct DocumentTests {
    static let cases: [(String, String)] = [
        ("resource.properties.retention", "30"),
        ("type(resource.properties.retention) == int", "true"),
        ("type(resource.properties.ratio) == double", "true"),
        ("type(resource.properties.big) == double", "true"),
        ("resource.properties.nothing == null", "true"),
        ("resource.properties.nothing.below", "error noSuchOverload"),
        ("resource.absent", "error absent"),
        ("has(resource.absent.below)", "error absent"),
        ("resource.?absent.?below.orValue('x')", "\"x\""),
        ("resource.properties['owner.name']", "\"team\""),
        ("resource.properties.`owner.name`", "\"team\""),
        ("resource.properties.rules[1].port == 443", "true"),
        ("resource.properties.rules[1.0].port", "443"),
        ("resource.properties.rules[3]", "error outOfBounds"),
        ("resource.properties.rules.map(x, x.name)", "[\"a\",\"b\",\"c\"]"),
        ("resource.properties.rules.exists(x, x.port == 22)", "true"),
        ("resource.properties.rules.all(x, has(x.tags))", "false"),
        ("resource.properties.rules.all(x, x.tags.size() >= 0)", "error absent"),
        ("resource.properties.rules.filter(x, x.port > 50).size()", "2"),
        ("resource.properties.rules.exists(i, x, i == 2 && x.name == 'c')", "true"),
        ("resource.properties.size()", "8"),
        ("resource.properties.exists(k, k == 'ratio')", "true"),
        ("resource.properties.exists(k, v, k == 'retention' && v == 30)", "true"),
        ("resource.properties.rules == [{'name': 'a'}]", "false"),
        ("resource.properties.rules[0] == {'name': 'a', 'port': 22.0, 'tags': []}", "true"),
        ("resource.properties.rules[0] == resource.properties.rules[0]", "true"),
        ("resource.properties.minimumTlsVersion == params.minimum", "true"),
        ("resource.properties.minimumTlsVersion == 12", "false"),
        ("'x' in resource.properties.rules[1].tags", "true"),
        ("'name' in resource", "true"),
        ("resource.properties.rules[1].tags + ['z'] == ['x', 'y', 'z']", "true"),
        ("resource.properties.rules.transformMap(i, x, x.port)", "{0:22,1:443,2:80}"),
        ("related.blob.exists(b, b.resource.properties.isVersioningEnabled == false)", "true"),
        ("default(resource.properties.minimumTlsVersion, 'sample.tls')", "\"TLS1_2\""),
        ("'\\u00e9' == 'e\\u0301'", "false"),
        ("{'\\u00e9': 1, 'e\\u0301': 2}.size()", "2"),
        ("'ababab'.lastIndexOf('abab')", "2"),
        ("'ababab'.lastIndexOf('abab', 1)", "0"),
        ("'aaab'.indexOf('aab')", "1"),
        ("'ééb'.indexOf('b', 1)", "2"),
        ("'abc'.replace('', '-')", "\"-a-b-c-\""),
        ("'aXbXc'.split('X', 2)", "[\"a\",\"bXc\"]"),
        ("'abc'.split('', 2)", "[\"a\",\"bc\"]"),
        ("now - duration('24h') < now", "true"),
    ]

    @Test("documents are read in place", arguments: cases)
    func outcome(_ expression: String, _ expected: String) throws {
        #expect(try Sample.evaluate(expression) == expected)
    }

    @Test("a name in backticks selects any key")
    func quotedField() throws {
        var environment = Sample.environment()
        environment.declare("m", .map(.string, .int))
        let condition = try Condition("m.`a-b/c.d`", in: environment)
        #expect(condition.evaluate(Activation(["m": .map(MapValue(["a-b/c.d": .int(4)]))])).int == 4)
    }

    @Test("a variable that the host did not bind is an error")
    func unbound() throws {
        let condition = try Condition("resource.x == 1", in: Sample.environment())
        guard case .error(let error) = condition.evaluate(Activation()) else {
            Issue.record("an unbound variable has a value")
            return
        }
        #expect(error.code == .undeclared)
        #expect(error.message == "variable `resource` has no value")
    }
}
