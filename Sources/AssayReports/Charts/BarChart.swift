/// A horizontal bar for each row, as inline SVG: a pure function of its rows.
///
/// Every bar bears its words and its number, so that nothing is said by colour or length alone.
struct BarChart {
    /// One bar.
    struct Row {
        let label: String
        let value: Int
        /// The class that the style sheet colours.
        let style: String
    }

    /// Unique on the page.
    let anchor: String
    let title: String
    let description: String
    let rows: [Row]

    static let width = 360
    private static let rowHeight = 34
    private static let barHeight = 10

    func write(to writer: inout MarkupWriter) {
        let height = max(1, rows.count) * BarChart.rowHeight
        let largest = max(1, rows.map(\.value).max() ?? 0)
        writer.element(
            "svg",
            [
                "class": "chart", "viewBox": "0 0 \(BarChart.width) \(height)", "role": "img",
                "aria-labelledby": "\(anchor)-title \(anchor)-desc",
            ]
        ) { writer in
            writer.element("title", ["id": "\(anchor)-title"], text: title)
            writer.element("desc", ["id": "\(anchor)-desc"], text: description)
            for (index, row) in rows.enumerated() {
                let top = index * BarChart.rowHeight
                writer.element("text", ["x": "0", "y": String(top + 13), "class": "label"], text: row.label)
                writer.element(
                    "text", ["x": String(BarChart.width), "y": String(top + 13), "class": "value"],
                    text: String(row.value))
                rectangle(y: top + 19, width: BarChart.width, style: "track", to: &writer)
                guard row.value > 0 else { continue }
                // A bar that stands for something is never thinner than the eye can see.
                let length = max(2, BarChart.width * row.value / largest)
                rectangle(y: top + 19, width: length, style: "bar \(row.style)", to: &writer)
            }
        }
    }

    private func rectangle(y: Int, width: Int, style: String, to writer: inout MarkupWriter) {
        writer.element(
            "rect",
            [
                "x": "0", "y": String(y), "width": String(width), "height": String(BarChart.barHeight), "rx": "2",
                "class": style,
            ]
        ) { _ in }
    }
}
