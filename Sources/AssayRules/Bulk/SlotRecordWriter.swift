/// Makes a file of slot records, part by part: the head, the blocks in the order of their chunks, the end.
///
/// The caller writes the parts one behind the other, and says when a part is due. Without the end the file is refused
/// by `SlotRecord`, so that half a file is never taken for a whole one.
///
/// Format, version 1, numbers little-endian: magic `ASSAYSLR`, version (4 bytes), source, schema | blocks | trailer:
/// dictionaries, block index | end mark of 64 bytes: magic `ASSAYSLE`, where the trailer starts, how long it is, its
/// checksum, the head's length and checksum, the number of lines, and the checksum of these. Checksums are XXH64.
public struct SlotRecordWriter: Sendable {
    /// The file's first part.
    public let head: [UInt8]
    private let schema: SlotRecordSchema
    private var position: Int
    private var index: [UInt8] = []
    private var blockCount = 0
    private var lineCount = 0

    static let magic = Array("ASSAYSLR".utf8)
    static let endMagic = Array("ASSAYSLE".utf8)
    static let endCount = 64

    /// - Parameters:
    ///   - program: the program whose scan is recorded.
    ///   - source: what names the snapshot, so that a record is not used for another one; its digest.
    public init(_ program: BulkProgram, source: [UInt8]) {
        schema = SlotRecordSchema(program)
        var head = Self.magic + [1, 0, 0, 0]
        head.append(text: source)
        schema.write(into: &head)
        self.head = head
        position = head.count
    }

    /// Adds the records of a chunk; gives the bytes that come next in the file.
    ///
    /// - Parameters:
    ///   - buffer: what the scan of the chunk filled.
    ///   - worker: the number of the buffer among those that `end` will be given.
    ///   - offset: where the chunk's first line stands in the snapshot.
    public mutating func block(_ buffer: borrowing SlotRecordBuffer, worker: Int, offset: Int) -> [UInt8] {
        let bytes = buffer.bytes
        index.append(number: bytes.count)
        index.append(number: buffer.lineCount)
        index.append(number: offset)
        index.append(number: worker)
        index.append(word: BlockChecksum.of(bytes))
        blockCount += 1
        lineCount += buffer.lineCount
        position += bytes.count
        return bytes
    }

    /// The file's last part.
    ///
    /// - Parameter buffers: those of all workers, by their numbers.
    public consuming func end(_ buffers: [SlotRecordBuffer]) -> [UInt8] {
        var trailer: [UInt8] = []
        trailer.append(number: buffers.count)
        for buffer in buffers {
            trailer.append(number: buffer.words.count)
            for word in buffer.words {
                trailer.append(number: Int(word.value))
                trailer.append(word.isEscaped ? 1 : 0)
                trailer.append(text: Array(buffer.texts[word.start..<word.start + word.count]))
            }
        }
        trailer.append(number: blockCount)
        trailer += index
        var end = Self.endMagic
        end.append(word: UInt64(position))
        end.append(word: UInt64(trailer.count))
        end.append(word: BlockChecksum.of(trailer))
        end.append(word: UInt64(head.count))
        end.append(word: BlockChecksum.of(head))
        end.append(word: UInt64(lineCount))
        end.append(word: BlockChecksum.of(end))
        return trailer + end
    }
}
