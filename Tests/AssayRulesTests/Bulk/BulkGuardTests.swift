import AssayCore
import Glibc
import Testing

@testable import AssayRules

/// Memory between two pages that nobody may read: whatever is read outside it ends the process.
@safe private struct GuardedMemory: ~Copyable {
    private static let page = 4096
    private let start: UnsafeMutableRawPointer
    let count: Int

    init(pages: Int) {
        count = pages * Self.page
        let whole = count + 2 * Self.page
        // SAFETY: the mapping is this value's own until deinit; only the pages between the outer two are used.
        guard let mapped = unsafe mmap(nil, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            unsafe mapped != MAP_FAILED, unsafe mprotect(mapped, Self.page, PROT_NONE) == 0,
            unsafe mprotect(mapped + Self.page + count, Self.page, PROT_NONE) == 0
        else { preconditionFailure("the system gives no guarded memory") }
        unsafe start = mapped
    }

    deinit { unsafe munmap(start, count + 2 * Self.page) }

    /// Puts bytes at an offset and lends them there.
    func place(_ bytes: [UInt8], at offset: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        precondition(offset >= 0 && offset + bytes.count <= count)
        let target = unsafe UnsafeMutableRawBufferPointer(start: start + Self.page + offset, count: bytes.count)
        unsafe target.copyBytes(from: bytes)
        unsafe body(UnsafeRawBufferPointer(target))
    }
}

@Suite("the scan reads nothing outside its chunk")
struct BulkGuardTests {
    /// Changes some bytes of a line, mostly to such as mean something.
    private static func damaged(_ line: [UInt8], _ numbers: inout SeededGenerator) -> [UInt8] {
        let meaningful = Array("\"\\{}[]:,\n 0e-.tfnu".utf8) + [0x00, 0x80, 0xFF]
        var line = line
        for _ in 0..<Int.random(in: 0...4, using: &numbers) where !line.isEmpty {
            let place = Int.random(in: line.indices, using: &numbers)
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0: line.remove(at: place)
            case 1: line.insert(numbers.pick(meaningful) ?? 0, at: place)
            case 2: line.removeSubrange(place...)
            case 3: line[place] = UInt8.random(in: 0...255, using: &numbers)
            default: line[place] = numbers.pick(meaningful) ?? 0
            }
        }
        return line
    }

    @Test("damaged lines against an unreadable page, before and behind", arguments: [LineLayout.sealed, .bare])
    func staysInside(layout: LineLayout) throws {
        let (_, program) = try BulkWalkerTests.engine(layout)
        var scanner = LineScanner(program)
        let memory = GuardedMemory(pages: 4)
        var numbers = SeededGenerator(seed: 5)
        var block = BulkBlock()
        var lines = 0
        for _ in 0..<4000 * BulkCatalogue.rounds {
            var chunk: [UInt8] = []
            for _ in 0..<Int.random(in: 1...3, using: &numbers) {
                let body = numbers.pick(BulkWalkerTests.bodies) ?? "{}"
                let text = layout == .sealed ? BulkWalkerTests.sealed(body) : #"{"type":"T",\#(body.dropFirst())"#
                chunk += Self.damaged(Array(text.utf8), &numbers)
                if !numbers.once(in: 3) { chunk.append(0x0A) }
            }
            guard !chunk.isEmpty else { continue }
            // Nothing but the chunk and the spare bytes behind it may be read, whatever those hold.
            let spare = [UInt8](repeating: numbers.pick(Array("\"\n }\\".utf8)) ?? 0, count: BulkWorker.spare)
            for offset in [0, memory.count - chunk.count - spare.count] {
                unsafe memory.place(chunk + spare, at: offset) { bytes in
                    unsafe scanner.scan(UnsafeRawBufferPointer(rebasing: bytes[..<chunk.count]), into: &block)
                }
                let ends = block.lines.reduce(0) { max($0, Int($1.offset) + Int($1.length)) }
                #expect(ends <= chunk.count)
                lines += block.lines.count
            }
        }
        #expect(lines > 8000)
    }
}
