import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import AssayRules
import BenchEngine
import Glibc

/// `seal`: what a foreign file pays before it is judged: each line validated strictly, the file's SHA-256, the bytes
/// written with an index of line hashes; one thread, against Y.
enum Seal {
    private struct Times {
        var validate = 0.0
        var hash = 0.0
        var write = 0.0
        var total: Double { validate + hash + write }
    }

    static func run(_ options: Options) throws {
        let path = options[file: 0]
        let place = try Workplace()
        let yardstick = try Yardstick(path)
        var yardsticks: [Double] = []
        var times: [Times] = []
        for _ in 0..<options.rounds {
            yardsticks.append(try yardstick.measure())
            times.append(try seal(path, to: place["sealed"], index: place["index"]))
        }
        guard try Workplace.digest(place["sealed"]) == Workplace.digest(path) else {
            throw BenchFailure("what was written is not what was read")
        }
        let y = Clocks.median(yardsticks)
        let cost = Clocks.median(times.map(\.total))
        var figure = Figure("seal")
        figure.add("ratio", cost / y)
        figure.goal(must: 4)
        figure.add("resources", yardstick.lines)
        figure.add("bytes", yardstick.byteCount)
        figure.add("cpuSeconds", cost)
        figure.add("validateSeconds", Clocks.median(times.map(\.validate)))
        figure.add("hashSeconds", Clocks.median(times.map(\.hash)))
        figure.add("writeSeconds", Clocks.median(times.map(\.write)))
        figure.add("yardstickSeconds", y)
        figure.add("yardstick", Yardstick.name)
        figure.add("rounds", options.rounds)
        figure.print()
    }

    private static func seal(_ path: String, to target: String, index: String) throws -> Times {
        let secret = Array(Digest(of: Array("assay-bench secret".utf8)).bytes)
        guard let hasher = LineHasher(key: secret) else { throw BenchFailure("no hasher for the secret") }
        let chunks = try LineChunks(path)
        var reader = LineChunks.Reader(chunks, spare: BulkWorker.spare)
        var digest = StreamingDigest()
        var sink = try FileSink(target)
        // No rules are known while a file is sealed, so no line has a type yet.
        let order = try VerdictOrder(types: [])
        var writer = try SnapshotIndexWriter(path: index, order: order.digest, hasher: hasher)
        var times = Times()
        var lines: [Range<Int>] = []
        for chunk in 0..<chunks.count {
            var start = Clocks.thread
            let (part, offset) = try reader.read(chunk)
            lines.removeAll(keepingCapacity: true)
            var first = part.lowerBound
            while first < part.upperBound {
                let end = LineHashing.newline(in: reader.buffer, first..<part.upperBound) ?? part.upperBound
                if end > first { lines.append(first..<end) }
                first = end + 1
            }
            for line in lines { _ = try JSONReader.read(Array(reader.buffer[line])) }
            var end = Clocks.thread
            times.validate += end - start
            start = end
            let bytes = Array(reader.buffer[part])
            digest.update(bytes)
            var hashes: [LineHash] = []
            for line in lines { hashes.append(hasher.hash(reader.buffer.span.extracting(line))) }
            end = Clocks.thread
            times.hash += end - start
            start = end
            try sink.write(bytes)
            for (line, hash) in zip(lines, hashes) {
                try writer.append(
                    SnapshotIndexRecord(
                        offset: offset + line.lowerBound - part.lowerBound, length: line.count, type: -1, hash: hash))
            }
            times.write += Clocks.thread - start
        }
        let start = Clocks.thread
        try sink.finish(isSynced: false)
        try writer.finish(snapshot: digest.finish(), isSynced: false)
        times.write += Clocks.thread - start
        return times
    }
}
