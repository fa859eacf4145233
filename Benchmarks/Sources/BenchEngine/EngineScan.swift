package import AssayFormats
package import AssayRules
import Synchronization

/// One pass of the product's scanner over a file, as counts that the reference evaluator also gives.
package struct EngineScan {
    /// What the reference evaluator prints.
    package struct Counts: Equatable, CustomStringConvertible {
        package var resources = 0
        package var evaluations = 0
        package var passes = 0
        package var checksum: UInt64 = 0
        package var undecided = 0

        package init() {}

        package var description: String { "\(resources) \(evaluations) \(passes) \(checksum)" }
    }

    /// The counts of one chunk; the checksum needs the number of resources before it.
    private struct Part {
        var lines = 0
        var evaluations = 0
        var passes = 0
        var undecided = 0
        /// Sum of the passing rules' numbers, and of number × place in the chunk.
        var numbers: UInt64 = 0
        var weighted: UInt64 = 0
    }

    private let program: BulkProgram
    /// By type and pair: the rule's number from 1.
    private let numbers: [[UInt64]]

    package init(_ program: BulkProgram) {
        self.program = program
        numbers = program.types.map { $0.pairs.map { UInt64($0.rule.dropFirst().prefix { $0 != "-" }) ?? 0 } }
    }

    private func count(_ block: BulkBlock) -> Part {
        var part = Part()
        let states = block.states
        for line in block.lines where line.length > 0 {
            part.lines += 1
            guard line.type >= 0 else { continue }
            let numbers = numbers[Int(line.type)]
            part.evaluations += numbers.count
            for (index, number) in numbers.enumerated() {
                let state = states[Int(line.firstState) + index]
                // Branches on random verdicts would cost more than the sums.
                let isPass: UInt64 = state == BulkState.pass.rawValue ? 1 : 0
                part.passes += Int(isPass)
                part.undecided += state == 0 ? 1 : 0
                part.numbers &+= number &* isPass
                part.weighted &+= number &* isPass &* UInt64(part.lines)
            }
        }
        return part
    }

    private func total(_ parts: [Part]) -> Counts {
        var counts = Counts()
        for part in parts {
            counts.checksum =
                (counts.checksum &+ part.numbers &* UInt64(counts.resources) &+ part.weighted) & (1 << 61 - 1)
            counts.resources += part.lines
            counts.evaluations += part.evaluations
            counts.passes += part.passes
            counts.undecided += part.undecided
        }
        return counts
    }

    /// Streams a file through workers.
    package func run(_ chunks: LineChunks, threads: Int) -> Counts {
        let next = Atomic(0)
        let parts = Mutex([Part](repeating: Part(), count: chunks.count))
        WorkerThreads.run(threads) { [self] _ in
            var worker = BulkWorker(program)
            var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
            var block = BulkBlock()
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < chunks.count else { return }
                guard let found = try? reader.read(index) else { fatalError("cannot read \(chunks.path)") }
                worker.scan(reader.buffer, found.lines, into: &block)
                let part = count(block)
                parts.withLock { $0[index] = part }
            }
        }
        return parts.withLock { total($0) }
    }
}
