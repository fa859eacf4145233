import AssayProgram

/// How much of each type was read, and of how many.
enum CompletenessSection {
    /// Bars beyond this number would not be read; the table has every type.
    private static let barCount = 25

    static func write(_ context: HTMLContext, to writer: inout MarkupWriter) {
        let looks = BytewiseOrder.sorted(context.result.looks) { [$0.type] }
        guard !looks.isEmpty else {
            writer.element("p", text: "No collection was looked at, so nothing can be said of any resource.")
            return
        }
        let unreadable = looks.reduce(0) { $0 + $1.unreadable }
        let open = looks.count { $0.denominator == nil }
        writer.element(
            "p",
            text: "\(Words.count(looks.count, "type")) looked at; "
                + "\(Words.count(unreadable, "resource")) could not be read in full. "
                + (open == 0
                    ? "For every type a source states how many there are."
                    : "For \(Words.count(open, "type")) no source states how many there are: the count is of what was "
                        + "shown."))
        writer.element("div", ["class": "pair"]) { writer in
            LookChart(anchor: "chart-look", looks: Array(looks.prefix(barCount))).write(to: &writer)
            writer.table(
                "How complete the look was, by type",
                columns: ["Type", "Seen", "Where the number comes from"]
            ) { writer in
                for look in looks { row(look, to: &writer) }
            }
        }
    }

    private static func row(_ look: CollectionLook, to writer: inout MarkupWriter) {
        writer.element("tr") { writer in
            writer.rowHeading(look.type)
            writer.cell(Words.look(look))
            writer.cell(look.basis)
        }
    }
}
