import AssayCore
import AssayProgram
import AssayRules

/// The page's recurring pieces.
extension MarkupWriter {
    /// A term and its value in a list of facts.
    mutating func fact(_ term: String, _ value: String) {
        element("div") { writer in
            writer.element("dt", text: term)
            writer.element("dd", text: SafeText.cut(value, to: HTMLContext.valueLength))
        }
    }

    /// A table with caption and column headings; a name with a leading `#` is a column of numbers.
    ///
    /// The wrapper scrolls sideways on a narrow screen and takes the focus so that a keyboard can do it.
    mutating func table(_ caption: String, columns: [String], _ rows: (inout MarkupWriter) -> Void) {
        element("div", ["class": "scroll", "role": "group", "aria-label": caption, "tabindex": "0"]) { writer in
            writer.element("table") { writer in
                writer.element("caption", text: caption)
                writer.element("thead") { writer in
                    writer.element("tr") { writer in
                        for column in columns {
                            if column.hasPrefix("#") {
                                writer.element("th", ["scope": "col", "class": "n"], text: String(column.dropFirst()))
                            } else {
                                writer.element("th", ["scope": "col"], text: column)
                            }
                        }
                    }
                }
                writer.element("tbody", [:], rows)
            }
        }
    }

    /// The heading cell of a row.
    mutating func rowHeading(_ text: String) {
        element("th", ["scope": "row"]) { $0.breakable(SafeText.cut(text, to: HTMLContext.valueLength)) }
    }

    /// Text that may break after a slash or a pair of colons, where types and ids have their joints.
    mutating func breakable(_ value: String) {
        var part = ""
        for character in value {
            part.append(character)
            guard character == "/" || part.hasSuffix("::") else { continue }
            text(part)
            empty("wbr")
            part = ""
        }
        text(part)
    }

    /// A cell of text.
    mutating func cell(_ text: String) { element("td", text: SafeText.cut(text, to: HTMLContext.valueLength)) }

    /// A cell of code.
    mutating func codeCell(_ text: String) {
        element("td") { writer in
            writer.element("code", text: SafeText.cut(text, to: HTMLContext.valueLength))
        }
    }

    /// A cell of a number.
    mutating func cell(_ number: Int) { element("td", ["class": "n"], text: String(number)) }

    /// A word with a sign before it; the word carries the meaning, the sign and the colour repeat it.
    mutating func badge(_ word: String, style: String, sign: String) {
        element("span", ["class": "badge \(style)"]) { writer in
            writer.element("span", ["aria-hidden": "true"], text: sign)
            writer.text(" " + word)
        }
    }

    /// A verdict's badge.
    mutating func badge(_ state: VerdictState) {
        switch state {
        case .fail: badge(Words.verdict(state), style: "fail", sign: "✕")
        case .unknown: badge(Words.verdict(state), style: "unknown", sign: "?")
        case .pass: badge(Words.verdict(state), style: "pass", sign: "✓")
        case .manual: badge(Words.verdict(state), style: "quiet", sign: "•")
        case .notApplicable: badge(Words.verdict(state), style: "quiet", sign: "–")
        }
    }

    /// A severity's badge.
    mutating func badge(_ severity: Severity) {
        element("span", ["class": "severity \(severity.rawValue)"], text: severity.rawValue)
    }

    /// The radio buttons of a filter; the style sheet hides what does not match the chosen value.
    mutating func filter(
        name: String, legend: String, choices: [(value: String, label: String)]
    ) {
        element("fieldset", ["class": "filter"]) { writer in
            writer.element("legend", text: legend)
            for (index, choice) in choices.enumerated() {
                writer.element("label") { writer in
                    if index == 0 {
                        writer.empty(
                            "input", ["type": "radio", "name": name, "value": choice.value, "checked": "checked"])
                    } else {
                        writer.empty("input", ["type": "radio", "name": name, "value": choice.value])
                    }
                    writer.element("span", text: choice.label)
                }
            }
        }
    }

    /// A sentence that says how much a list leaves out and where it is.
    mutating func remainder(_ count: Int, of what: String) {
        guard count > 0 else { return }
        element(
            "p", ["class": "more"],
            text: "\(count) more \(what) are not shown here; the JSON report (--format json) lists all.")
    }
}
