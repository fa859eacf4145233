import AssayCore
import Testing

@testable import AssayExpressions

/// Damaged expressions are refused or evaluated, and never stop the program.
@Suite(.timeLimit(.minutes(1))) struct MutationTests {
    /// What the damage starts from: every construct of the language once.
    static let seeds = [
        "resource.properties.rules.all(x, x.port != 22 || x.name.startsWith('a'))",
        "has(resource.a.b) && !(resource.c in ['x', \"y\", '''z''']) || r.denied ? 1 : -2.5e3",
        "{'a': 1, ?'b': optional.of(2), 3u: b'\\xff', true: [1, ?optional.none()]}",
        "cel.bind(x, resource.?properties[?'y'].orValue(0x1F), x.optMap(y, y + 1))",
        "'%s %.3f %x'.format([now, 1.5, 255]).replace('a', 'b', 1).split(' ')",
        "resource.list.transformMap(i, v, i > 0, v).exists(k, v, k == 1)",
        "math.greatest(1, 2u, 3.0) == math.least([4, 5]) || ip('10.0.0.1') in []",
        "cidr('10.0.0.0/8').containsIP('10.1.2.3') && base64.decode('aGk=') == b'hi'",
        "timestamp('2026-01-01T00:00:00Z') - duration('1h30m') < now && 'a'.matches('^[a-z]+$')",
        "cel.block([1, cel.index(0) + 1], cel.index(1)) == .resource.`a-b` // end",
        "r.list.filter(x, x > 1).map(x, x * 2).all(x, x < 9) == r.object.exists(k, v, v == 1)",
    ]

    private struct Noise {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, bound)))
        }
    }

    @Test("damaged expressions do no harm", arguments: seeds.indices)
    func mutations(_ index: Int) throws {
        var noise = Noise(state: UInt64(index + 1))
        var environment = Sample.environment()
        environment.limits.cost = 5_000
        let activation = try Sample.activation()
        let seed = Array(Self.seeds[index].utf8)
        let spare = Array("()[]{}.?:,'\"`\\+-*/%!<>=&|0159aexurb \n".utf8) + [0x00, 0xC3, 0xFF]
        var evaluated = 0
        for _ in 0..<400 {
            var bytes = seed
            for _ in 0...noise.next(3) {
                let position = noise.next(bytes.count)
                switch noise.next(4) {
                case 0: bytes.remove(at: position)
                case 1: bytes.insert(spare[noise.next(spare.count)], at: position)
                case 2: bytes[position] = spare[noise.next(spare.count)]
                default: bytes.insert(contentsOf: bytes[noise.next(position)..<position], at: position)
                }
                if bytes.isEmpty { bytes = seed }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for isChecked in [true, false] {
                guard let condition = try? Condition(text, in: environment, isChecked: isChecked) else { continue }
                evaluated += 1
                let value = Sample.shown(condition.evaluate(activation))
                #expect(Sample.shown(condition.explain(activation).value) == value)
                if value != "error costExceeded" {
                    #expect(Sample.shown(condition.traced(activation)) == value, "\(text)")
                }
                _ = condition.paths
            }
        }
        #expect(evaluated > 0)
    }
}
