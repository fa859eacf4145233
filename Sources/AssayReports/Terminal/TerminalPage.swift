/// Collects lines for a terminal.
struct TerminalPage {
    /// How a line stands out.
    enum Style {
        case plain
        case strong
        case fail
        case unknown

        /// The ANSI code (ECMA-48 §8.3.117); fail and unknown are equally loud.
        var code: String? {
            switch self {
            case .plain: nil
            case .strong: "1"
            case .fail: "1;31"
            case .unknown: "1;33"
            }
        }
    }

    let width: Int
    let isColoured: Bool
    private(set) var text = ""

    init(width: Int, isColoured: Bool) {
        self.width = width
        self.isColoured = isColoured
    }

    /// Adds one line as it is; trailing spaces go.
    mutating func line(_ content: String, style: Style = .plain) {
        var shown = SafeText.line(content)
        while shown.hasSuffix(" ") { shown.removeLast() }
        if isColoured, let code = style.code, !shown.isEmpty { shown = "\u{1B}[\(code)m\(shown)\u{1B}[0m" }
        text += shown + "\n"
    }

    /// Adds text broken into lines.
    mutating func paragraph(_ content: String, indent: String = "", style: Style = .plain) {
        let margin = String(content.prefix { $0 == " " })
        let lines = TextColumns.wrap(content, width - max(margin.count, indent.count))
        for (index, part) in lines.enumerated() { line((index == 0 ? margin : indent) + part, style: style) }
    }

    /// Adds a heading with a rule below it.
    mutating func heading(_ title: String) {
        line("")
        line(title, style: .strong)
        line(String(repeating: "─", count: min(width, TextColumns.width(title))))
    }
}
