/// The catalogue packed into this binary: rules, frameworks, controls and shape tables as compact JSON.
///
/// One line a file: its path inside the catalogue, a tab, the document. Nothing is read from disk, so the binary
/// works when it is copied alone to another machine.
public enum Catalogue {
    /// Lends the packed bytes.
    public static func read<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: a literal of this binary; never written, never freed.
        let buffer = unsafe UnsafeRawBufferPointer(start: packed.utf8Start, count: packed.utf8CodeUnitCount)
        return try body(unsafe buffer.bytes)
    }

    /// The packed files: path and document text.
    public static var files: [(path: String, text: [UInt8])] {
        read { span in
            var files: [(path: String, text: [UInt8])] = []
            var start = 0
            var tab = -1
            for index in 0..<span.byteCount {
                switch span.byte(index) {
                case UInt8(ascii: "\t") where tab < start: tab = index
                case UInt8(ascii: "\n"):
                    let path = (start..<tab).map { span.byte($0) }
                    let text = (tab + 1..<index).map { span.byte($0) }
                    files.append((String(decoding: path, as: UTF8.self), text))
                    start = index + 1
                default: break
                }
            }
            return files
        }
    }
}

extension RawSpan {
    /// A byte; bounds are checked by the span.
    fileprivate func byte(_ index: Int) -> UInt8 {
        // SAFETY: any bit pattern is a UInt8, and the span checks the offset.
        unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self)
    }
}
