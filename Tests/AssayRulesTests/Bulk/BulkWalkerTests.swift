import AssayCore
import AssayFormats
import Glibc
import Testing

@testable import AssayRules

/// Lines of every shape: what the scan reads, and that it never trips.
@Suite("the scan of lines")
struct BulkWalkerTests {
    private static let conditions = [
        "resource.a == 1", "resource.b.c == 'x'", "resource.b.c.startsWith('x')", "resource.?b.?c.orValue('') != ''",
        "resource.list.all(e, e.on)", "resource.list.exists(e, e.name == 'n')", "has(resource.z)",
        "size(resource.list) == 2", "resource.b.d in ['p', 'q']", "resource.n > 5", "meta.name == 'n'",
        "resource.a == resource.n",
    ]

    /// One rule a condition, for resources of type `T`, and one for `U/v`.
    static func engine(_ layout: LineLayout = .sealed) throws -> (evaluator: RuleEvaluator, program: BulkProgram) {
        var catalogue = try RuleCatalogue(files: [])
        let texts = conditions.map { ("T", $0) } + [("U/v", "resource.a == 1")]
        catalogue.add(
            try texts.enumerated().map { index, text in
                try RuleReader.read(
                    .object([
                        ("rule", .string("assay.rule/1")), ("id", .string("r-\(10 + index)")), ("title", .string("t")),
                        ("rationale", .string("r")), ("severity", .string("high")), ("severityReason", .string("s")),
                        ("applies_to", .object([("type", .string(text.0))])),
                        ("assert", .array([.object([("that", .string(text.1)), ("message", .string("m"))])])),
                        ("fix", .object([("portal", .string("p"))])),
                    ]), file: "r.yaml")
            })
        let evaluator = try RuleEvaluator(catalogue: catalogue, frameworks: [], asOf: RuleTester.defaultNow)
        return (evaluator, BulkProgram(evaluator, layout: layout))
    }

    static func sealed(_ body: String, name: String = "n") -> String {
        #"{"resource":{"type":"T","id":"i","provider":"azure","scope":[],"name":"\#(name)","tags":{},"#
            + #""origin":{"kind":"file"},"unknown":[],"body":\#(body)}}"#
    }

    static let bodies = [
        "{}", #"{"a":1}"#, #"{"a":1.0}"#, #"{"a":"1"}"#, #"{"\u0061":1}"#, #"{"b":{"c":"x"}}"#, #"{"b":{}}"#,
        #"{"b":[]}"#, #"{"b":null}"#, #"{"b":"c"}"#, #"{"b":{"c":"\u0078"}}"#, #"{"b":{"\u0063":"xy","d":"q"}}"#,
        #"{"list":[]}"#, #"{"list":{}}"#, #"{"list":[{"on":true,"name":"n"},{"on":false}]}"#,
        #"{"list":[[],{},[[{"on":true}]],"x",1,null]}"#, #"{"list":[{"on":true},{"on":true,"name":"n"}],"n":6,"a":6}"#,
        #"{"z":null,"n":5,"a":5.0}"#, #"{"n":99999999999999999999,"a":1e0}"#, #"{"n":-0}"#,
        #"{"x":{"a":1,"b":{"c":"x"}},"y":[{"a":1}],"a":2}"#, #"{"x":"{\"a\":1}","a":1}"#,
        #"{"x":"}]\\","a":1}"#, #"{"x":"\\\"","a":1}"#, #"{"":{"":""},"a":1}"#, #"{"b":{"c":"x","c2":"y"},"a":1}"#,
    ]

    @Test(
        "white space where sealed lines have none never makes an inner value an outer one",
        arguments: [
            #"{"x": {"y":1,"a":1},"a":2}"#, #"{"x": {"y":1,"a":2},"a":1}"#, #"{"x": [{"y":1},{"a":1}],"a":2}"#,
            #"{"b": {"c":"x"},"a":1}"#, #"{"list": [{"on":true},{"on":false}],"a":1}"#, #"{ "a":1}"#, #"{"a" :1}"#,
            #"{"a":1 ,"b":{"c":"x"}}"#, #"{"x":[ {"a":1}],"a":2}"#, #"{"list":[ {"on":true} ]}"#,
        ])
    func spaces(_ body: String) throws {
        let (evaluator, program) = try Self.engine()
        let line = Array(Self.sealed(body).utf8)
        let general = try LineJudge(evaluator, program: program).verdicts(
            ofLine: line, type: BulkBlock.Line.unreadable, pairs: [])
        let scanned = try #require(BulkLines.scan([line], program).first)
        for (state, verdict) in zip(scanned.states, general) where state != 0 {
            let found = try #require(BulkState(rawValue: state))
            #expect("\(found)" == verdict.state.rawValue, "\(verdict.rule) on \(body)")
        }
    }

    @Test("a type written with escapes is left to the general reader, not passed over")
    func escapedType() throws {
        let (_, program) = try Self.engine()
        let line = Self.sealed(#"{"a":1}"#).replacing(#""type":"T""#, with: #""type":"\u0054""#)
        #expect(try #require(BulkLines.scan([Array(line.utf8)], program).first).type == BulkBlock.Line.unreadable)
    }

    @Test("values are found under every shape of a body, as the general reader finds them", arguments: bodies)
    func reads(_ body: String) throws {
        let (evaluator, program) = try Self.engine()
        let line = Array(Self.sealed(body).utf8)
        let judge = LineJudge(evaluator, program: program)
        let general = try judge.verdicts(ofLine: line, type: BulkBlock.Line.unreadable, pairs: [])
        let scanned = try #require(BulkLines.scan([line], program).first)
        #expect(scanned.type >= 0)
        for (state, verdict) in zip(scanned.states, general) {
            #expect(
                state == 0 || state == BulkLines.state(verdict.state).rawValue, "\(verdict.rule): \(state) of \(body)")
            // A list of anything but plain objects, or an object in its place, may be left to the general reader.
            let mayBeLeft = body.contains("[") || body.contains(#""list":{"#)
            #expect(state != 0 || verdict.state == .unknown || mayBeLeft, "\(verdict)")
        }
    }

    @Test("a bare document's type is found wherever it stands, and only at the outermost level")
    func findsLateType() throws {
        let (_, program) = try Self.engine(.bare)
        let lines = [
            #"{"type":"T","a":1}"#, #"{"a":1,"type":"T"}"#, #"{"x":{"type":"U/v"},"a":1,"type":"T"}"#,
            #"{"x":[{"type":"U/v"}],"y":"type","type":"T"}"#, #"{"t\u0079pe":"T","a":1}"#, #"{"type":"t"}"#,
        ]
        for (line, found) in zip(lines, BulkLines.scan(lines.map { Array($0.utf8) }, program)) {
            #expect(found.type >= 0 && program.types[Int(max(found.type, 0))].name == "T", "\(line)")
        }
        let others = ["{}", #"{"type":1}"#, #"{"x":{"type":"T"}}"#, #"{"type":"V"}"#, "[]", "1", "\"type\"", "{"]
        for (line, found) in zip(others, BulkLines.scan(others.map { Array($0.utf8) }, program)) {
            #expect(found.type < 0, "\(line)")
        }
    }

    @Test("lines that are no resources are told apart from those that cannot be followed")
    func tellsOtherLines() throws {
        let (_, program) = try Self.engine()
        let lines: [(text: String, type: Int32)] = [
            ("", BulkBlock.Line.other), (#"{"snapshot":{"version":1}}"#, BulkBlock.Line.other),
            (#"{"end":{"resources":0}}"#, BulkBlock.Line.other), ("[]", BulkBlock.Line.other),
            ("x", BulkBlock.Line.other), (#"{"resource":{"id":"i","type":"T"}}"#, BulkBlock.Line.unreadable),
            (#"{"resource":{"type":"none of them","id":"i"}}"#, BulkBlock.Line.none),
        ]
        let found = BulkLines.scan(lines.map { Array($0.text.utf8) }, program)
        #expect(found.count == lines.count)
        for (line, found) in zip(lines, found) { #expect(found.type == line.type, "\(line.text)") }
    }

    @Test("a string that the line ends in, or a line that the file ends in, costs no other line its verdicts")
    func keepsGoodLines() throws {
        let (evaluator, program) = try Self.engine()
        let good = Array(Self.sealed(#"{"a":1}"#).utf8)
        let judge = LineJudge(evaluator, program: program)
        let cut = Array(Self.sealed(#"{"a":1,"b":{"c":"x"#).utf8.dropLast(3))
        let damaged: [[UInt8]] = [
            cut, Array(good.dropLast(1)), Array(good.dropLast(2)), Array(good.prefix(40)),
            Array(#"{"resource":{"type":"#.utf8),
            Array(#"{"resource":{"type":""#.utf8), Array(#"{"resource":{"type":"T"#.utf8),
            Array(#"{"resource":{"type":"T""#.utf8), Array(#"{"resource":{"type":"T","id":"i","body":{"a""#.utf8),
        ]
        for bad in damaged {
            for lines in [[good, bad, good], [bad, good], [good, bad]] {
                let found = BulkLines.scan(lines, program)
                #expect(found.count == lines.count)
                for (line, result) in zip(lines, found) where line == good {
                    // Either told or left to the general reader, never told wrong.
                    guard result.type >= 0, result.states[0] != 0 else {
                        let verdicts = try judge.verdicts(ofLine: line, type: BulkBlock.Line.unreadable, pairs: [])
                        #expect(verdicts.first?.state == .pass)
                        continue
                    }
                    #expect(result.states[0] == BulkState.pass.rawValue)
                }
            }
        }
    }

    @Test(
        "deep nesting is walked or left to the general reader, wherever it stands", arguments: [1, 63, 64, 511, 4000])
    func survivesNesting(depth: Int) throws {
        let (_, program) = try Self.engine()
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let nest = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            for body in [#"{"x":\#(nest),"a":1}"#, #"{"a":1,"list":\#(nest)}"#, #"{"b":\#(nest),"a":1}"#] {
                let found = try #require(BulkLines.scan([Array(Self.sealed(body).utf8)], program).first)
                #expect(found.type >= 0 && [0, BulkState.pass.rawValue].contains(found.states[0]))
            }
        }
    }

    @Test("carriage returns before line ends change nothing")
    func bearsCarriageReturns() throws {
        let (_, program) = try Self.engine()
        let plain = Self.bodies.map { Array(Self.sealed($0).utf8) }
        let found = BulkLines.scan(plain.map { $0 + [0x0D] }, program)
        for (left, right) in zip(BulkLines.scan(plain, program), found) {
            #expect(left.type == right.type && left.states == right.states)
        }
    }

    @Test("every way of cutting a file into chunks gives the same lines and states")
    func cutsAnywhere() throws {
        let (_, program) = try Self.engine()
        var numbers = SeededGenerator(seed: 3)
        var text: [UInt8] = []
        for round in 0..<60 {
            if round % 7 == 0 { text.append(0x0A) }
            let long = String(repeating: "é", count: Int.random(in: 0..<300, using: &numbers))
            text += Array(Self.sealed(numbers.pick(Self.bodies) ?? "{}", name: long).utf8) + [0x0A]
        }
        text.removeLast()
        let path = "/tmp/assay-chunks-\(getpid()).jsonl"
        try FileText.write(text, to: path)
        defer { unsafe unlink(path) }
        var whole: [String]?
        for size in [1 << 20, 64, 65, 100, 127, 128, 333, 1000, 4096] {
            let chunks = try LineChunks(path, chunkBytes: size)
            var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
            var worker = BulkWorker(program)
            var block = BulkBlock()
            var found: [String] = []
            for index in 0..<chunks.count {
                let part = try reader.read(index)
                worker.scan(reader.buffer, part.lines, into: &block)
                for (line, result) in zip(block.lines, BulkLines.results(block, program)) {
                    found.append("\(part.offset + Int(line.offset)) \(line.length) \(result)")
                }
            }
            if whole == nil { whole = found }
            #expect(found == whole, "chunks of \(size)")
        }
        #expect(whole?.count == 69)
    }
}
