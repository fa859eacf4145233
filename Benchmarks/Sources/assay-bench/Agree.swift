import AssayCore
import AssayFormats
import AssayRules
import BenchEngine

/// Holds the bulk evaluation of a snapshot against the general reader, pair by pair, joins included.
enum Agree {
    static func run(_ options: Options) throws {
        let evaluator = try EngineCatalogue.evaluator()
        let program = BulkProgram(evaluator, layout: .sealed)
        let bytes = try FileText.read(options[file: 0])
        var resources: [Resource] = []
        var coverage: [Coverage] = []
        for line in bytes.split(separator: 0x0A) {
            switch try SnapshotLine(json: try JSONReader.read(Array(line)).root) {
            case .resource(let resource): resources.append(resource)
            case .coverage(let record): coverage.append(record)
            default: break
            }
        }
        let estate = Estate(resources: resources, coverage: coverage, rules: evaluator.askedRules)
        let padded = bytes + Array(repeating: 0, count: BulkWorker.spare)
        var block = BulkBlock()
        var first = BulkWorker(program, collecting: Classifier())
        first.scan(padded, 0..<bytes.count, into: &block)
        let table = JoinTable(program, [first.collector].compactMap { $0 }, coverage: coverage)
        var worker = BulkWorker(program, table: table)
        worker.scan(padded, 0..<bytes.count, into: &block)
        var (index, wrong, undecided, decided) = (0, 0, 0, 0)
        var open: [String: Int] = [:]
        for line in block.lines where line.type != BulkBlock.Line.other {
            let resource = resources[index]
            let verdicts = Dictionary(
                evaluator.evaluate(index, in: estate).map { (["\($0.rule)", $0.profile], $0) }
            ) { first, _ in first }
            index += 1
            guard line.type >= 0 else { continue }
            for (place, pair) in program.types[Int(line.type)].pairs.enumerated() {
                let state = BulkState(rawValue: block.states[Int(line.firstState) + place]) ?? .undecided
                let expected = verdicts[[pair.rule, pair.profile]]?.state
                guard state != .undecided else {
                    undecided += 1
                    open["\(pair.rule) \(expected?.rawValue ?? "")", default: 0] += 1
                    continue
                }
                decided += 1
                if "\(state)" != expected?.rawValue ?? "" {
                    wrong += 1
                    if wrong <= 20 {
                        print("\(pair.rule) on \(resource.id): \(state), not \(expected?.rawValue ?? "")")
                    }
                }
            }
        }
        for (name, count) in open.sorted(by: { $0.value > $1.value }).prefix(40) { print(count, name) }
        let pairs = program.types.flatMap(\.pairs)
        print(
            "\(pairs.count { $0.leftOver.isEmpty }) of \(pairs.count) pairs from values alone; \(decided) decided, "
                + "\(undecided) left, \(wrong) wrong; \(table.count) related, \(table.bytesPerResource) B each")
        if wrong > 0 { throw BenchFailure("\(wrong) verdicts differ") }
    }
}
