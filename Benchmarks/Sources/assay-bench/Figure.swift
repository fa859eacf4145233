import AssayCore

/// One line of output: a figure's name and its members in their order.
struct Figure {
    private var writer = JSONWriter()

    /// - Parameter name: the key of the figure in `Benchmarks/Driver/figures.py`.
    init(_ name: String) {
        writer.beginObject()
        writer.member("figure", name)
    }

    mutating func add(_ name: String, _ value: Int) { writer.member(name, value) }

    mutating func add(_ name: String, _ value: String) { writer.member(name, value) }

    /// A number with six significant digits or so; none where it could not be measured.
    mutating func add(_ name: String, _ value: Double?) {
        writer.key(name)
        guard let value, value.isFinite else { return writer.null() }
        let scale = abs(value) >= 100 ? 1e3 : 1e6
        writer.number(text: "\((value * scale).rounded() / scale)")
    }

    /// A number beyond what readers take for an exact integer.
    mutating func add(_ name: String, exact value: UInt64) {
        writer.key(name)
        writer.number(text: "\(value)")
    }

    /// What must hold, and what is aimed at.
    mutating func goal(must: Double, aim: Double? = nil) {
        add("must", must)
        if let aim { add("aim", aim) }
    }

    /// Prints the line.
    consuming func print() {
        writer.endObject()
        Swift.print(String(decoding: writer.bytes, as: UTF8.self))
    }
}
