import AssayCore

@testable import AssayRules

/// Sealed lines for tests, and what the two readers make of them.
enum BulkLines {
    /// The sealed line of a resource, without its end.
    static func line(_ resource: Resource) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("resource")
        resource.write(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// What a scan says of lines: each with its type and its states.
    static func scan(
        _ lines: [[UInt8]], _ program: BulkProgram
    ) -> [(type: Int32, states: [UInt8])] {
        let text: [UInt8] = lines.flatMap { $0 + [0x0A] }
        var worker = BulkWorker(program)
        var block = BulkBlock()
        worker.scan(text + [UInt8](repeating: 0, count: BulkWorker.spare), 0..<text.count, into: &block)
        return results(block, program)
    }

    static func results(_ block: BulkBlock, _ program: BulkProgram) -> [(type: Int32, states: [UInt8])] {
        block.lines.map { line in
            guard line.type >= 0 else { return (line.type, []) }
            let first = Int(line.firstState)
            return (line.type, Array(block.states[first..<first + program.types[Int(line.type)].pairs.count]))
        }
    }

    static func state(_ state: VerdictState) -> BulkState {
        switch state {
        case .pass: .pass
        case .fail: .fail
        case .unknown: .unknown
        case .manual: .manual
        case .notApplicable: .notApplicable
        }
    }
}
