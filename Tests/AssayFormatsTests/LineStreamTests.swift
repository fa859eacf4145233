import AssayCore
import Glibc
import Synchronization
import Testing

@testable import AssayFormats

@Suite("streams of lines")
struct LineStreamTests {
    private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = "/tmp/assay-stream-\(getpid())-\(name)"
        try FileText.write(bytes, to: path)
        return path
    }

    @Test("chunks hold whole lines in order, whatever their size")
    func cutsAtLineEnds() throws {
        let text = Array(
            (0..<500).map { "line \($0) " + String(repeating: "x", count: $0 % 37) }.joined(separator: "\n").utf8)
        let path = try file("whole", text)
        defer { unsafe unlink(path) }
        for size in [1, 64, 1000, 1 << 20] {
            let stream = try LineStream(path, chunkBytes: size)
            #expect(stream.firstLine == Array("line 0 ".utf8))
            var found: [UInt8] = []
            var number = 0
            while let chunk = try stream.next() {
                #expect(chunk.number == number && chunk.offset == found.count)
                number += 1
                found += chunk.bytes
                #expect(chunk.bytes.last == 0x0A || found.count == text.count)
            }
            #expect(found == text)
        }
    }

    @Test("a line over the limit is left out and told, and the lines around it stay")
    func leavesOutLongLines() throws {
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 700_000)
        for isLast in [false, true] {
            let text = Array("a\n".utf8) + long + (isLast ? [] : Array("\nb\n".utf8))
            let path = try file("long-\(isLast)", text)
            defer { unsafe unlink(path) }
            let stream = try LineStream(path, chunkBytes: 1000, limits: DocumentLimits(lineBytes: 5000))
            var found: [UInt8] = []
            var left: [Int] = []
            while let chunk = try stream.next() {
                found += chunk.bytes
                left += chunk.longLines
            }
            #expect(found == Array((isLast ? "a\n" : "a\nb\n").utf8))
            #expect(left == [2])
        }
    }

    @Test("lines before a long line of a plain file are still found")
    func findsLinesBefore() throws {
        let text = Array("a\nbb\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 400_000) + Array("\nc\n".utf8)
        let path = try file("plain", text)
        defer { unsafe unlink(path) }
        let chunks = try LineChunks(path, chunkBytes: 1000)
        var reader = LineChunks.Reader(chunks, limits: DocumentLimits(lineBytes: 5000), spare: 64)
        do throws(LineChunks.Reader.Failure) {
            _ = try reader.read(0)
            Issue.record("the line is over the limit")
        } catch {
            let found = chunks.linesBeforeLongLine(0, in: reader.buffer)
            #expect(found.lines == 0..<5 && found.offset == 0 && found.longLine == 5)
        }
    }

    @Test("turns are taken in the order of their numbers, whatever order threads come in")
    func keepsOrder() {
        let turns = Turns()
        let next = Atomic(0)
        let order = Mutex<[Int]>([])
        WorkerThreads.run(4) { _ in
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard number < 400 else { return }
                turns.take(number) { order.withLock { $0.append(number) } }
            }
        }
        #expect(order.withLock { $0 } == Array(0..<400))
    }
}
