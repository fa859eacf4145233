import AssayCore
import AssayHashing
public import AssayProgram
import AssayRules

/// The scan as one self-contained page: no script, no network, light and dark, for screen and print.
///
/// The page's Content-Security-Policy allows its own style sheet by digest and nothing else. All text from the scan is
/// escaped. Filters are radio buttons that the style sheet reads.
public enum HTMLReport {
    /// The page's bytes.
    public static func render(_ result: ScanResult) -> [UInt8] {
        let context = HTMLContext(result)
        var writer = MarkupWriter(.html)
        writer.raw("<!doctype html>\n")
        writer.element("html", ["lang": "en"]) { writer in
            head(result, to: &writer)
            writer.newLine()
            body(context, to: &writer)
        }
        writer.newLine()
        return writer.bytes
    }

    static let sections: [HTMLSection] = [
        HTMLSection(anchor: "summary", title: "Summary", write: SummarySection.write),
        HTMLSection(anchor: "look", title: "How complete the look was", write: CompletenessSection.write),
        HTMLSection(anchor: "changes", title: "Changes that close most", write: ChangesSection.write),
        HTMLSection(anchor: "requirements", title: "Requirements", write: RequirementsSection.write),
        HTMLSection(anchor: "unseen", title: "What could not be seen", write: UnseenSection.write),
        HTMLSection(anchor: "phi", title: "PHI without an owner", write: UnownedPHISection.write),
        HTMLSection(anchor: "findings", title: "Findings by rule", write: FindingsSection.write),
        HTMLSection(anchor: "diagnostics", title: "Diagnostics", write: DiagnosticsSection.write),
        HTMLSection(anchor: "method", title: "Method and limits", write: MethodSection.write),
    ]

    private static func head(_ result: ScanResult, to writer: inout MarkupWriter) {
        let digest = Base64.encode(Digest(of: "\(StyleSheet.text)".utf8).bytes)
        writer.element("head") { writer in
            writer.empty("meta", ["charset": "utf-8"])
            writer.empty(
                "meta",
                [
                    "http-equiv": "Content-Security-Policy",
                    "content": "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'",
                ])
            writer.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
            writer.empty("meta", ["name": "color-scheme", "content": "light dark"])
            writer.empty("meta", ["name": "referrer", "content": "no-referrer"])
            writer.element("title", text: "Assay report, as of \(result.asOf)")
            writer.element("style") { $0.raw(StyleSheet.text) }
        }
    }

    private static func body(_ context: HTMLContext, to writer: inout MarkupWriter) {
        writer.element("body") { writer in
            writer.element("a", ["class": "skip", "href": "#main"], text: "Skip to the report")
            title(context.result, to: &writer)
            writer.element("div", ["class": "page"]) { writer in
                contents(to: &writer)
                writer.element("main", ["id": "main", "tabindex": "-1"]) { writer in
                    for section in sections {
                        writer.newLine()
                        writer.element(
                            "section", ["id": section.anchor, "aria-labelledby": "\(section.anchor)-title"]
                        ) { writer in
                            writer.element("h2", ["id": "\(section.anchor)-title"], text: section.title)
                            section.write(context, &writer)
                        }
                    }
                }
            }
            writer.newLine()
            writer.element("footer") { writer in
                writer.element(
                    "p",
                    text: "Made by Assay \(context.result.toolVersion) from what it could see as of "
                        + "\(context.result.asOf). It shows tests; people conclude.")
            }
        }
    }

    private static func title(_ result: ScanResult, to writer: inout MarkupWriter) {
        writer.element("header") { writer in
            writer.element("p", ["class": "kicker"], text: "Assay")
            writer.element("h1", text: "Compliance scan")
            writer.element("dl", ["class": "facts"]) { writer in
                writer.fact("As of", result.asOf)
                writer.fact("Sources", result.sources.isEmpty ? "none" : result.sources.joined(separator: ", "))
                writer.fact(
                    "Frameworks",
                    result.frameworks.isEmpty ? "none" : result.frameworks.map(\.title).joined(separator: "; "))
                writer.fact("Tool version", result.toolVersion)
            }
        }
    }

    private static func contents(to writer: inout MarkupWriter) {
        writer.element("nav", ["aria-label": "Contents"]) { writer in
            writer.element("ol") { writer in
                for section in sections {
                    writer.element("li") { writer in
                        writer.element("a", ["href": "#\(section.anchor)"], text: section.title)
                    }
                }
            }
        }
    }
}
