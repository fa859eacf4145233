import AssayCore
import AssayHashing
import AssayProgram
import AssayRules
import Testing

@testable import AssayReports

@Suite struct HTMLReportTests {
    private func text(_ scan: ScanResult) -> String { String(decoding: HTMLReport.render(scan), as: UTF8.self) }

    private func places(_ needle: String, in text: String) -> Int { text.split(separator: needle).count - 1 }

    @Test("the page holds no script, no outside address and a policy that forbids both")
    func selfContained() {
        let text = text(SampleScan.full())
        for forbidden in ["<script", "<link", "<iframe", "src=", "http://", "https://", "url(", "@import", " style="] {
            #expect(!text.contains(forbidden), "\(forbidden)")
        }
        #expect(text.contains("default-src &#39;none&#39;; style-src &#39;sha256-"))
    }

    @Test("the policy names the digest of the style sheet that the page carries")
    func policy() throws {
        let text = text(SampleScan.small())
        let start = try #require(text.firstRange(of: "<style>")).upperBound
        let end = try #require(text.firstRange(of: "</style>")).lowerBound
        let digest = Base64.encode(Digest(of: text[start..<end].utf8).bytes)
        #expect(text.contains("sha256-\(digest)&#39;"))
    }

    @Test("tags close, there is one main heading and no anchor twice")
    func structure() {
        for scan in [SampleScan.full(), SampleScan.hostile(), SampleScan.scan(rules: [], verdicts: [], findings: [])] {
            let text = text(scan)
            #expect(TagBalance.problem(in: text) == nil)
            #expect(places("<h1>", in: text) == 1)
            let anchors = text.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(Set(anchors).count == anchors.count)
            for link in text.split(separator: "href=\"#").dropFirst().map({ $0.prefix { $0 != "\"" } }) {
                #expect(anchors.contains(link), "\(link)")
            }
        }
    }

    @Test("text from the outside is escaped and hidden characters are spelled out")
    func hostile() {
        let text = text(SampleScan.hostile())
        #expect(!text.contains("<script"))
        #expect(!text.contains("<img"))
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{202E}"))
        #expect(text.contains("&lt;/script&gt;&lt;script&gt;alert(1)"))
        #expect(text.contains("⟨U+202E⟩evil ]]&gt;&amp;amp;"))
    }

    @Test("every requirement is listed with its state in words, and none is called passing")
    func requirements() throws {
        let scan = SampleScan.full()
        let text = text(scan)
        for assessment in scan.requirements {
            #expect(text.contains(">\(assessment.requirement.id)</span> \(assessment.requirement.title)"))
            #expect(text.contains(" \(assessment.summary)</span>"))
        }
        let start = try #require(text.firstRange(of: "<section id=\"requirements\"")).lowerBound
        let end = try #require(text.firstRange(of: "<section id=\"unseen\"")).lowerBound
        #expect(!text[start..<end].contains("passing"))
    }

    @Test("the sections stand in the order in which an auditor asks")
    func order() {
        let text = text(SampleScan.full())
        let wanted = [
            "summary", "look", "changes", "requirements", "unseen", "phi", "findings", "diagnostics", "method",
        ]
        let found = text.split(separator: "<section id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
        #expect(found == wanted)
    }

    @Test("ten thousand findings give a file that still opens, with a word on where the rest is")
    func large() {
        let bytes = HTMLReport.render(SampleScan.large())
        #expect(bytes.count < 2_000_000)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(places("<details class=\"resource\">", in: text) == 200)
        #expect(text.contains("4950 more resources of this rule are not shown here; the JSON report"))
    }

    @Test("a scan that saw nothing says so and does not look like a good result")
    func nothing() {
        let text = text(SampleScan.scan(rules: [], verdicts: [], findings: [], isComplete: true))
        #expect(text.contains("nothing was looked at"))
        #expect(text.contains("it is not known which hold PHI"))
        #expect(!text.contains("Everything in scope could be looked at"))
        #expect(!text.contains("No verdict fails"))
    }

    @Test("a very long value is cut and says by how much")
    func long() {
        let rule = SampleScan.rule("r", "t", .high)
        let verdict = SampleScan.verdict(
            rule, SampleScan.resource("a"), .fail, actual: String(repeating: "x", count: 5_000))
        let scan = SampleScan.scan(rules: [rule], verdicts: [verdict], findings: [SampleScan.finding(verdict, rule)])
        #expect(text(scan).contains("x… (4400 more characters)"))
    }
}
