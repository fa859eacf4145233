import AssayCore
import AssayFormats
import AssayTemplates
import Testing

@Suite("limits of CloudFormation templates")
struct CloudFormationLimitTests {
    private func template(
        parameters: [(String, Tree)] = [], conditions: [(String, Tree)] = [], properties: [(String, Tree)]
    ) -> Tree {
        .object([
            ("Parameters", .object(parameters)), ("Conditions", .object(conditions)),
            (
                "Resources",
                .object([("R", .object([("Type", .string("A::B::C")), ("Properties", .object(properties))]))])
            ),
        ])
    }

    private func codes(_ outcome: TemplateOutcome) -> Set<String> { Set(outcome.diagnostics.map(\.code)) }

    @Test("composed text over a megabyte is unknown and told, text under it is not")
    func longText() throws {
        let parameters = [("Long", Tree.object([("Default", .string(String(repeating: "x", count: 1 << 19)))]))]
        func outcome(_ text: String) -> TemplateOutcome {
            CloudFormationReader().read(
                template(parameters: parameters, properties: [("P", .object([("Fn::Sub", .string(text))]))]), unit: "t")
        }
        let fits = outcome("${Long}${Long}")
        #expect(fits.resources[0].body["P"]?.string?.utf8.count == 1 << 20)
        #expect(fits.diagnostics.isEmpty)
        let long = outcome("${Long}${Long}.")
        #expect(long.resources[0].body["P"]?.unknownReason == .unsupported)
        #expect(codes(long) == ["cloudformation-expansion-too-large"])
    }

    @Test("what substitution adds to a unit is bounded")
    func expansion() {
        let parameters = [("Long", Tree.object([("Default", .string(String(repeating: "x", count: 1 << 20)))]))]
        let properties = (0..<100).map { ("P\($0)", Tree.object([("Ref", .string("Long"))])) }
        let outcome = CloudFormationReader().read(
            template(parameters: parameters, properties: properties), unit: "t")
        let known = outcome.resources[0].body.members.filter { $0.value.kind == .string }.count
        #expect(known == 63)
        #expect(outcome.resources[0].body["P99"]?.unknownReason == .unsupported)
        #expect(codes(outcome) == ["cloudformation-expansion-too-large"])
    }

    @Test("a list that grows with every step ends")
    func doublingText() {
        var value = Tree.string("a,b")
        let delimiter = ",\(String(repeating: "x", count: 1000)),"
        for _ in 0..<100 {
            value = .object([
                ("Fn::Join", .array([.string(delimiter), .object([("Fn::Split", .array([.string(","), value]))])]))
            ])
        }
        let outcome = CloudFormationReader().read(template(properties: [("P", value)]), unit: "t")
        #expect(outcome.resources[0].body["P"]?.unknownReason == .unsupported)
    }

    @Test("a chain of conditions longer than the limit is unknown, never endless", arguments: [100, 100_000])
    func conditionChain(length: Int) {
        var conditions: [(String, Tree)] = (0..<length).map { index in
            ("C\(index)", .object([("Condition", .string("C\(index + 1)"))]))
        }
        conditions.append(("C\(length)", .object([("Fn::Equals", .array([.string("a"), .string("a")]))])))
        let choice = Tree.object([("Fn::If", .array([.string("C0"), .int(1), .int(2)]))])
        let outcome = CloudFormationReader().read(
            template(conditions: conditions, properties: [("P", choice)]), unit: "t")
        if length < 512 {
            #expect(outcome.resources[0].body["P"]?.int == 1)
            #expect(outcome.diagnostics.isEmpty)
        } else {
            #expect(outcome.resources[0].body["P"]?.unknownReason == .unsupported)
            #expect(codes(outcome) == ["cloudformation-too-deep"])
        }
    }

    @Test("nesting at the limit of a document is read")
    func depth() {
        var value = Tree.string("x")
        for _ in 0..<125 { value = .object([("Fn::If", .array([.string("None"), .array([value]), .string("y")]))]) }
        let outcome = CloudFormationReader().read(template(properties: [("P", value)]), unit: "t")
        #expect(outcome.resources[0].body["P"]?.unknownReason == .unparsable)
        var plain = Tree.string("x")
        for _ in 0..<508 { plain = .array([plain]) }
        let read = CloudFormationReader().read(template(properties: [("P", plain)]), unit: "t")
        #expect(read.diagnostics.isEmpty)
        var deeper = plain
        for _ in 0..<10 { deeper = .array([deeper]) }
        #expect(
            codes(CloudFormationReader().read(template(properties: [("P", deeper)]), unit: "t")) == [
                "cloudformation-too-deep"
            ])
    }

    @Test("functions and operators may nest as deep as a document")
    func nestedCalls() {
        var call = Tree.object([("Ref", .string("AWS::Region"))])
        var condition = Tree.object([("Fn::Equals", .array([.string("a"), .string("b")]))])
        for _ in 0..<500 {
            call = .object([("Fn::Base64", call)])
            condition = .object([("Fn::Not", .array([condition]))])
        }
        let choice = Tree.object([("Fn::If", .array([.string("C"), .int(1), .int(2)]))])
        let outcome = CloudFormationReader().read(
            template(conditions: [("C", condition)], properties: [("P", call), ("Q", choice)]), unit: "t")
        #expect(outcome.resources[0].body["P"]?.unknownReason == .knownAfterDeployment)
        #expect(outcome.resources[0].body["Q"]?.int == 2)
        #expect(outcome.diagnostics.isEmpty)
    }

    @Test("many openings without an end are read in one pass")
    func openings() {
        let text = String(repeating: "${", count: 1 << 18)
        let outcome = CloudFormationReader().read(
            template(properties: [("P", .object([("Fn::Sub", .string(text))]))]), unit: "t")
        #expect(outcome.resources[0].body["P"]?.string == text)
    }

    @Test("a long chain of resources has no circle, and one that closes is a single circle")
    func resourceChain() {
        func outcome(isClosed: Bool) -> TemplateOutcome {
            let count = 20_000
            let resources: [(String, Tree)] = (0..<count).map { index in
                let next = index + 1 < count ? "R\(index + 1)" : isClosed ? "R0" : "R\(count)"
                return ("R\(index)", .object([("Type", .string("A::B::C")), ("DependsOn", .string(next))]))
            }
            return CloudFormationReader().read(.object([("Resources", .object(resources))]), unit: "t")
        }
        #expect(outcome(isClosed: false).diagnostics.isEmpty)
        #expect(outcome(isClosed: true).diagnostics.map(\.code) == ["cloudformation-dependency-cycle"])
    }

    @Test("what is not an object is no template", arguments: [Tree.string("a"), .array([]), .int(1), Tree(.null)])
    func notATemplate(tree: Tree) {
        #expect(!CloudFormationReader.isTemplate(tree))
        let outcome = CloudFormationReader().read(tree, unit: "t")
        #expect(outcome.resources.isEmpty && outcome.coverage.isEmpty)
        #expect(codes(outcome) == ["cloudformation-not-a-template"])
    }

    @Test("a template is known by its version or by the type of a resource")
    func recognition() {
        let typed = Tree.object([
            ("Resources", .object([("A", .int(1)), ("B", .object([("Type", .string("AWS::S3::Bucket"))]))]))
        ])
        let foreign = Tree.object([("Resources", .object([("A", .object([("Type", .string("bucket"))]))]))])
        #expect(CloudFormationReader.isTemplate(typed))
        #expect(CloudFormationReader.isTemplate(.object([("AWSTemplateFormatVersion", .string("2010-09-09"))])))
        #expect(!CloudFormationReader.isTemplate(foreign))
        #expect(!CloudFormationReader.isTemplate(.object([("resources", .array([]))])))
    }

    @Test("the shaper sees the resolved body, and what it tells is about the unit")
    func shaper() {
        let reader = CloudFormationReader { type, body in
            var body = body
            body["Seen"] = .string(type)
            body["Name"] = .string("shaped")
            return (body, [Diagnostic(code: "shape-test", severity: .note, message: "seen")])
        }
        let resources = Tree.object([
            ("R", Tree(.object([Tree.Member("Type", .string("A::B::C"))]), at: SourcePosition(line: 7, column: 2)))
        ])
        let outcome = reader.read(.object([("Resources", resources)]), unit: "dir/t.yaml")
        #expect(outcome.resources[0].body["Seen"]?.string == "A::B::C")
        #expect(outcome.resources[0].name == "shaped")
        #expect(outcome.resources[0].id == "dir/t.yaml#R")
        #expect(outcome.resources[0].scope == ["file:dir/t.yaml"])
        #expect(outcome.diagnostics.map(\.location) == [Diagnostic.Location(path: "dir/t.yaml", line: 7, column: 2)])
    }
}
