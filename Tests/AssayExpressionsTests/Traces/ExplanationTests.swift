import AssayCore
import Testing

@testable import AssayExpressions

/// What a reader is told of a condition's outcome: one line an atom, `path operation expected <- actual : result`.
@Suite struct ExplanationTests {
    static let cases: [(String, [String])] = [
        (
            "resource.properties.minimumTlsVersion == 'TLS1_3'",
            [#"resource.properties.minimumTlsVersion == "TLS1_3" <- "TLS1_2" : false"#]
        ),
        (
            "'TLS1_3' == resource.properties.minimumTlsVersion",
            [#"resource.properties.minimumTlsVersion == "TLS1_3" <- "TLS1_2" : false"#]
        ),
        (
            "params.minimum == resource.properties.minimumTlsVersion",
            [#"resource.properties.minimumTlsVersion == "TLS1_2" <- "TLS1_2" : true"#]
        ),
        ("params.days <= resource.properties.retention", ["resource.properties.retention >= 90 <- 30 : false"]),
        (
            "!(resource.properties.retention < 90)", ["resource.properties.retention >= 90 <- 30 : false"]
        ),
        (
            "resource.properties.publicNetworkAccess",
            ["resource.properties.publicNetworkAccess == true <- true : true"]
        ),
        (
            "!resource.properties.publicNetworkAccess",
            ["resource.properties.publicNetworkAccess == false <- true : false"]
        ),
        ("has(resource.properties.encryption)", ["resource.properties.encryption has present <- absent : false"]),
        ("!has(resource.properties.encryption)", ["resource.properties.encryption has absent <- absent : true"]),
        ("resource.absent == 1", ["resource.absent == 1 <- absent : error"]),
        (
            "resource.?absent.orValue(5) > 3", ["resource.absent > 3 <- 5 : true"]
        ),
        ("resource.name.startsWith('st')", [#"resource.name startsWith "st" <- "store" : true"#]),
        ("!resource.name.startsWith('st')", [#"resource.name not startsWith "st" <- "store" : false"#]),
        ("resource.name.matches('^s.*e$')", [#"resource.name matches "^s.*e$" <- "store" : true"#]),
        ("resource.name in ['a', 'b']", [#"resource.name in ["a","b"] <- "store" : false"#]),
        (
            "'x' in resource.properties.rules[1].tags",
            [#"resource.properties.rules[1].tags contains "x" <- ["x","y"] : true"#]
        ),
        ("size(resource.properties.rules) > 5", ["resource.properties.rules > 5 <- 3 : false"]),
        (
            "ports.contains(resource.properties.rules[0].port, 22)",
            ["resource.properties.rules[0].port ports.contains 22 <- 22 : true"]
        ),
        (
            "resource.name == 'store' && resource.properties.retention == 31 && resource.absent == 1",
            ["resource.properties.retention == 31 <- 30 : false"]
        ),
        (
            "resource.name == 'store' && resource.properties.retention == 30",
            [#"resource.name == "store" <- "store" : true"#, "resource.properties.retention == 30 <- 30 : true"]
        ),
        (
            "resource.name == 'x' || resource.name == 'y'",
            [#"resource.name == "x" <- "store" : false"#, #"resource.name == "y" <- "store" : false"#]
        ),
        ("resource.name == 'x' || resource.name == 'store'", [#"resource.name == "store" <- "store" : true"#]),
        (
            "resource.name == 'store' ? resource.properties.retention > 1 : false",
            [#"resource.name == "store" <- "store" : true"#, "resource.properties.retention > 1 <- 30 : true"]
        ),
        (
            "resource.properties.rules.all(x, x.port != 443)",
            ["resource.properties.rules[1].port != 443 <- 443 : false"]
        ),
        (
            "!resource.properties.rules.exists(x, x.port == 443)",
            ["resource.properties.rules[1].port != 443 <- 443 : false"]
        ),
        (
            "resource.properties.rules.exists(x, x.name == 'b' && x.port == 443)",
            [
                #"resource.properties.rules[1].name == "b" <- "b" : true"#,
                "resource.properties.rules[1].port == 443 <- 443 : true",
            ]
        ),
        (
            "resource.properties.rules.filter(x, x.port > 50).all(y, y.port == 443)",
            ["resource.properties.rules[2].port == 443 <- 80 : false"]
        ),
        (
            "resource.properties.rules.all(x, has(x.tags))",
            ["resource.properties.rules[2].tags has present <- absent : false"]
        ),
        (
            "related.blob.all(b, b.resource.properties.isVersioningEnabled)",
            ["related.blob[0].resource.properties.isVersioningEnabled == true <- false : false"]
        ),
        ("r.empty.exists(x, x == 1)", ["r.empty exists an element <- [] : false"]),
        ("r.denied == 1", ["r.denied == 1 <- unknown(denied at denied) : unknown"]),
        ("r.yes && r.denied", ["r.denied == true <- unknown(denied at denied) : unknown"]),
        (
            "more.all(x, x < 9)",
            ["more all every element <- [1,2,unknown(notCollected at related.more)] : unknown"]
        ),
        ("r.list.all(x, x < 9)", ["r.list[1] < 9 <- unknown(failed at list[1]) : unknown"]),
        (
            "cel.bind(p, resource.properties, p.retention == 30)",
            ["resource.properties.retention == 30 <- 30 : true"]
        ),
        (
            "default(resource.properties.other, 'sample.tls') == 'TLS1_2'",
            [#"resource.properties.other == "TLS1_2" <- "TLS1_0" : false (default sample.tls)"#]
        ),
        (
            "default(resource.properties.minimumTlsVersion, 'sample.tls') == 'TLS1_2'",
            [#"resource.properties.minimumTlsVersion == "TLS1_2" <- "TLS1_2" : true"#]
        ),
        ("resource.properties['owner.name'] == 'x'", [#"resource.properties["owner.name"] == "x" <- "team" : false"#]),
    ]

    private static func line(_ atom: TraceAtom) -> String {
        "\(atom.path) \(atom.operation) \(atom.expected) <- \(atom.actual) : \(atom.result.rawValue)"
            + (atom.note.isEmpty ? "" : " (\(atom.note))")
    }

    @Test("the atoms that decided an outcome are told, and no others", arguments: cases)
    func atoms(_ expression: String, _ expected: [String]) throws {
        let condition = try Condition(expression, in: Sample.environment())
        let explanation = condition.explain(try Sample.activation())
        #expect(explanation.atoms.map(Self.line) == expected)
    }

    @Test("an atom knows the node it speaks of, or the nearest one above it")
    func origin() throws {
        let condition = try Condition(
            "resource.properties.rules.all(x, x.tags == []) && has(resource.properties.encryption.key)",
            in: Sample.environment())
        let atom = try #require(condition.explain(try Sample.activation()).atoms.first)
        #expect(atom.path == "resource.properties.rules[1].tags")
        #expect(atom.node?.path == "properties.rules[1].tags")
        #expect(atom.node?.position.line == 12)
        #expect(atom.source == "x.tags == []")
        let missing = try Condition("has(resource.properties.encryption)", in: Sample.environment())
        let parent = try #require(missing.explain(try Sample.activation()).atoms.first)
        #expect(parent.node?.path == "properties")
    }
}
