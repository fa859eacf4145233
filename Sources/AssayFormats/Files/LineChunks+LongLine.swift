extension LineChunks {
    /// The whole lines that stand in a chunk before the line that was too long, after `Reader.read` threw `longLine`.
    ///
    /// - Parameters:
    ///   - index: the chunk.
    ///   - buffer: the reader's buffer as the failed read left it.
    /// - Returns: where the lines stand in the buffer, the file offset of the first, and that of the long line.
    public func linesBeforeLongLine(
        _ index: Int, in buffer: [UInt8]
    ) -> (lines: Range<Int>, offset: Int, longLine: Int) {
        let begin = index == 0 ? 0 : index * chunkBytes - 1
        let stretch = min(min((index + 1) * chunkBytes, size) - begin, buffer.count)
        var first = 0
        if index > 0 { first = (buffer[..<stretch].firstIndex(of: 0x0A) ?? stretch - 1) + 1 }
        let last = buffer[first..<stretch].lastIndex(of: 0x0A).map { $0 + 1 } ?? first
        return (first..<last, begin + first, begin + last)
    }
}
