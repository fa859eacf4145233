import AssayProgram

/// How much of each type was read, as inline SVG: solid for read, dashed for unreadable, dotted for not seen; `of ?` in
/// words where nobody states how many there are.
struct LookChart {
    /// Unique on the page.
    let anchor: String
    let looks: [CollectionLook]

    private static let width = 360
    private static let rowHeight = 34
    private static let barHeight = 10

    func write(to writer: inout MarkupWriter) {
        let height = max(1, looks.count) * LookChart.rowHeight
        writer.element(
            "svg",
            [
                "class": "chart", "viewBox": "0 0 \(LookChart.width) \(height)", "role": "img",
                "aria-labelledby": "\(anchor)-title \(anchor)-desc",
            ]
        ) { writer in
            writer.element("title", ["id": "\(anchor)-title"], text: "Share of each type that was read")
            writer.element(
                "desc", ["id": "\(anchor)-desc"],
                text: "Solid bars were read, dashed ones were unreadable, dotted ones not seen. "
                    + looks.map { "\($0.type): \(Words.look($0))" }.joined(separator: "; ") + ".")
            for (index, look) in looks.enumerated() { write(look, top: index * LookChart.rowHeight, to: &writer) }
        }
    }

    private func write(_ look: CollectionLook, top: Int, to writer: inout MarkupWriter) {
        let seen = look.readable + look.unreadable
        let whole = max(1, seen, look.denominator ?? 0)
        writer.element(
            "text", ["x": "0", "y": String(top + 13), "class": "label"],
            text: LookChart.short(SafeText.line(look.type), 38))
        let measure = look.denominator.map { "\(look.readable) of \($0)" } ?? "\(look.readable) of ?"
        writer.element(
            "text", ["x": String(LookChart.width), "y": String(top + 13), "class": "value"], text: measure)
        let read = LookChart.width * look.readable / whole
        let unreadable = LookChart.width * look.unreadable / whole
        segment(x: 0, y: top + 19, width: read, style: "bar read", to: &writer)
        segment(x: read, y: top + 19, width: unreadable, style: "outline unknown dashed", to: &writer)
        segment(
            x: read + unreadable, y: top + 19, width: LookChart.width - read - unreadable,
            style: "outline unknown dotted", to: &writer)
    }

    private func segment(x: Int, y: Int, width: Int, style: String, to writer: inout MarkupWriter) {
        guard width > 1 else { return }
        writer.element(
            "rect",
            [
                "x": String(x), "y": String(y), "width": String(width), "height": String(LookChart.barHeight),
                "rx": "2", "class": style,
            ]
        ) { _ in }
    }

    /// The end of a type's name says more than its beginning.
    private static func short(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : "…" + text.suffix(limit - 1)
    }
}
