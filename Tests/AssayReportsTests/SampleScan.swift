import AssayCore
import AssayProgram

@testable import AssayRules

/// A made-up scan that has something in every list.
enum SampleScan {
    static let asOf = "2026-03-02T08:00:00Z"

    static func rule(
        _ id: String, _ title: String, _ severity: Severity, type: String = "Microsoft.Storage/storageAccounts",
        requirements: [RequirementMapping] = [], cli: String = "az storage account update --ids <storage-account-id>"
    ) -> Rule {
        Rule(
            id: id, title: title, description: nil,
            rationale: "Without it, somebody on the path can read or change what is stored or sent.",
            severity: severity, severityReason: "Records can be read by those who should not.", formerly: [],
            appliesTo: Rule.Applicability(type: type, when: nil), parameters: [], relations: [],
            assertions: [Rule.Assertion(that: "resource.properties.ok == true", message: "It is not so.")],
            requirements: requirements, equivalents: [(engine: "checkov", ids: ["CKV_AZURE_44"])],
            fix: Rule.Fix(
                steps: [
                    (channel: "portal", text: "Storage account > Configuration > Minimum TLS version > Save."),
                    (channel: "cli", text: cli),
                    (channel: "terraform", text: "azurerm_storage_account: min_tls_version = \"TLS1_2\""),
                ],
                effortHours: (low: 1, high: 3), downtime: "none", role: "cloud", isIrreversible: false),
            cases: [], version: String(repeating: "ab", count: 32), file: "azure/\(id).yaml")
    }

    static func mapping(
        _ framework: String, _ requirement: String, _ strength: RequirementMapping.Strength
    ) -> RequirementMapping {
        RequirementMapping(
            framework: framework, requirement: requirement, strength: strength,
            reason: "Transmission to and from the resource is protected.")
    }

    static func resource(
        _ name: String, type: String = "Microsoft.Storage/storageAccounts", line: Int? = 12
    ) -> ResourceReference {
        let origin =
            line.map { Origin(kind: .file, path: "infra/storage main.tf", line: $0, column: 3) }
            ?? Origin(
                kind: .api, call: "GET \(type)?api-version=2024-01-01", at: "2026-03-02T07:58:11Z")
        return ResourceReference(id: "infra/storage main.tf#\(name)", type: type, name: name, origin: origin)
    }

    static func verdict(
        _ rule: Rule, _ resource: ResourceReference, _ state: VerdictState, actual: String = "\"TLS1_0\"",
        message: String = "The account accepts TLS versions below 1.2."
    ) -> Verdict {
        let isOpen = state == .unknown
        let trace = TraceEntry(
            path: "properties.minimumTlsVersion", operation: "in", expected: "[\"TLS1_2\", \"TLS1_3\"]",
            actual: isOpen ? "unknown(denied)" : actual, origin: resource.origin.display,
            result: isOpen ? "unknown" : "false", source: "resource.properties.minimumTlsVersion in params.accepted")
        let isDecided = state == .pass || state == .notApplicable || state == .manual
        return Verdict(
            rule: rule.id, ruleVersion: rule.version, profile: "default", resource: resource, state: state,
            reason: isOpen
                ? Verdict.Reason(
                    code: "denied", path: "properties.minimumTlsVersion",
                    call: "GET Microsoft.Storage/storageAccounts/listKeys") : nil,
            messages: state == .fail ? [message] : [], trace: isDecided ? [] : [trace])
    }

    static func finding(_ verdict: Verdict, _ rule: Rule, state: Finding.State = .open, due: String? = nil) -> Finding {
        Finding(
            key: "\(rule.id)|\(verdict.resource.id)|\(verdict.profile)", verdict: verdict, severity: rule.severity,
            requirements: rule.requirements.map(\.qualifiedID), state: state, firstSeen: "2026-02-20T08:00:00Z",
            lastSeen: asOf, due: due)
    }

    /// One rule, one failing and one unknown storage account.
    static func small() -> ScanResult {
        let rule = rule(
            "azure-storage-min-tls", "Storage accounts refuse connections below TLS 1.2", .high,
            requirements: [mapping("soc2", "CC6.7", .partial)])
        let failing = verdict(rule, resource("logs"), .fail)
        let unknown = verdict(rule, resource("archive", line: nil), .unknown)
        return scan(
            rules: [rule], verdicts: [unknown, failing, verdict(rule, resource("web"), .pass)],
            findings: [finding(failing, rule, due: "2026-03-20")])
    }

    /// A result around these verdicts with counts to match.
    static func scan(
        rules: [Rule], verdicts: [Verdict], findings: [Finding], frameworks: [Framework] = [],
        requirements: [RequirementAssessment] = [], looks: [CollectionLook] = [], isComplete: Bool = false
    ) -> ScanResult {
        func count(_ state: VerdictState) -> Int { verdicts.count { $0.state == state } }
        return ScanResult(
            toolVersion: "0.1.0", asOf: asOf, sources: ["infra/", "azure"],
            summary: ScanResult.Summary(
                resources: Set(verdicts.map(\.resource.id)).count, rules: rules.count, pass: count(.pass),
                fail: count(.fail), unknown: count(.unknown), manual: count(.manual),
                notApplicable: count(.notApplicable), exempt: findings.count { $0.state == .exempt },
                isComplete: isComplete, exitCode: findings.isEmpty ? 0 : 1),
            frameworks: frameworks, rules: rules, findings: findings, verdicts: verdicts, looks: looks, coverage: [],
            diagnostics: [], requirements: requirements, changes: [], unseen: [], unownedPHI: [], classified: 0,
            listsAllVerdicts: false)
    }
}
