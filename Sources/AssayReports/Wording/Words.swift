import AssayCore
import AssayProgram
import AssayRules

/// The words in which every report speaks of the same thing.
enum Words {
    /// `1 resource`, `2 resources`.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }

    /// `57 failing, 12 unknown, 210 passing verdicts on 43 resources — the look is incomplete`.
    static func headline(_ summary: ScanResult.Summary) -> String {
        let judged = "\(summary.fail) failing, \(summary.unknown) unknown, \(summary.pass) passing verdicts"
        return judged + " on \(count(summary.resources, "resource")) — " + completeness(summary)
    }

    /// Whether the look was complete; a look at nothing is never that.
    static func completeness(_ summary: ScanResult.Summary) -> String {
        if summary.resources == 0 { return "nothing was looked at" }
        return summary.isComplete ? "the look is complete" : "the look is incomplete"
    }

    /// `41 of 43, 2 unreadable`, or without a denominator `41 read, 2 unreadable`.
    static func look(_ look: CollectionLook) -> String {
        let unreadable = look.unreadable == 0 ? "" : ", \(look.unreadable) unreadable"
        guard let denominator = look.denominator else { return "\(look.readable) read" + unreadable }
        let unseen = denominator - look.readable - look.unreadable
        return "\(look.readable) of \(denominator)" + unreadable + (unseen > 0 ? ", \(unseen) not seen" : "")
    }

    /// A verdict's state in reports for people.
    static func verdict(_ state: VerdictState) -> String {
        switch state {
        case .pass: "pass"
        case .fail: "fail"
        case .unknown: "unknown"
        case .manual: "needs people"
        case .notApplicable: "not applicable"
        }
    }

    /// A requirement's state without its counts.
    static func requirement(_ state: RequirementAssessment.State) -> String {
        switch state {
        case .failing: "failing"
        case .unknown: "unknown"
        case .alternativeDocumented: "alternative documented"
        case .exempted: "exempted"
        case .evidenceFromPeopleNeeded: "evidence from people needed"
        case .noFailingTest: "no failing test"
        case .carriedBySubservice: "carried by a subservice organisation"
        case .excluded: "excluded with justification"
        case .noTest: "no test"
        }
    }

    /// How far a fix's channel is known to a reader.
    static func channel(_ name: String) -> String {
        switch name {
        case "portal": "Portal"
        case "console": "Console"
        case "cli": "Command line"
        case "terraform": "Terraform"
        case "bicep": "Bicep"
        case "cloudformation": "CloudFormation"
        case "arm": "ARM template"
        default: name
        }
    }

    /// `1–3 h`, or nil without an estimate.
    static func effort(_ fix: Rule.Fix) -> String? {
        guard let hours = fix.effortHours else { return nil }
        let low = number(hours.low)
        let high = number(hours.high)
        return low == high ? "\(low) h" : "\(low)–\(high) h"
    }

    /// Why a verdict is unknown, in one line: `denied at properties.x (GET …)`.
    static func reason(_ verdict: Verdict) -> String {
        guard let reason = verdict.reason else { return "no reason was recorded" }
        var text = reason.code
        if let path = reason.path, !path.isEmpty { text += " at \(path)" }
        if let message = reason.message { text += ": \(message)" }
        if let call = reason.call, !call.isEmpty { text += " (\(call))" }
        return text
    }

    /// What is wrong: the messages, else the rule's title.
    static func complaint(_ verdict: Verdict, title: String) -> String {
        verdict.messages.isEmpty ? title : verdict.messages.joined(separator: " ")
    }

    /// A number without a needless fraction.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
