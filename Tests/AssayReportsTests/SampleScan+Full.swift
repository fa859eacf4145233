import AssayCore
import AssayProgram

@testable import AssayRules

extension SampleScan {
    private static let titles: [(id: String, title: String, severity: Severity, type: String)] = [
        (
            "azure-storage-blob-public-access", "Storage accounts forbid anonymous reading", .critical,
            "Microsoft.Storage/storageAccounts"
        ),
        (
            "azure-nsg-rdp-from-internet", "No network security group lets the internet reach port 3389", .critical,
            "Microsoft.Network/networkSecurityGroups"
        ),
        (
            "azure-storage-min-tls", "Storage accounts refuse connections below TLS 1.2", .high,
            "Microsoft.Storage/storageAccounts"
        ),
        (
            "azure-keyvault-purge-protection", "Key vaults cannot be purged before their retention ends", .high,
            "Microsoft.KeyVault/vaults"
        ),
        ("azure-sql-auditing", "SQL servers keep an audit trail", .high, "Microsoft.Sql/servers"),
        (
            "azure-loganalytics-retention", "Workspaces keep logs for as long as the profile asks", .medium,
            "Microsoft.OperationalInsights/workspaces"
        ),
        ("aws-s3-secure-transport", "S3 buckets refuse requests without TLS", .medium, "AWS::S3::Bucket"),
        ("aws-kms-key-rotation", "Customer keys are rotated every year", .low, "AWS::KMS::Key"),
    ]

    /// Everything that a report can show, in numbers that a page still holds.
    static func full() -> ScanResult {
        var rules: [Rule] = []
        var verdicts: [Verdict] = []
        var findings: [Finding] = []
        for (index, entry) in titles.enumerated() {
            let rule = rule(
                entry.id, entry.title, entry.severity, type: entry.type,
                requirements: [
                    mapping("soc2", index % 2 == 0 ? "CC6.7" : "CC6.1", .partial), mapping("iso27001", "A.8.24", .full),
                    mapping("hipaa", "164.312(e)(1)", .supporting),
                ])
            rules.append(rule)
            for number in 0..<(14 - index) {
                let resource = resource(
                    "res\(index)-\(number)", type: entry.type, line: number % 4 == 3 ? nil : 12 + number)
                let state: VerdictState =
                    switch (number + index) % 5 {
                    case 0, 3: .fail
                    case 1: .unknown
                    case 2: .pass
                    default: index == 7 ? .manual : .notApplicable
                    }
                let verdict = verdict(rule, resource, state)
                verdicts.append(verdict)
                guard state == .fail else { continue }
                findings.append(
                    finding(verdict, rule, state: number == 8 ? .exempt : .open, due: index < 3 ? "2026-03-20" : nil))
            }
        }
        let frameworks = [soc2, hipaa]
        var result = scan(
            rules: rules, verdicts: verdicts, findings: findings, frameworks: frameworks,
            requirements: frameworks.flatMap { $0.requirements.enumerated().map { assessment($0.element, $0.offset) } },
            looks: looks)
        result.coverage = coverage
        result.diagnostics = diagnostics
        result.changes = rules.map { rule in
            Change(
                rule: rule, profile: "default",
                resources: findings.filter { $0.verdict.rule == rule.id }.map(\.verdict.resource),
                requirements: rule.requirements.map(\.qualifiedID))
        }
        result.unseen = [
            Unseen(
                what: "Microsoft.Storage/storageAccounts/blobServices in /subscriptions/0000", reason: "denied (403)",
                remedy: "grant Reader at the subscription and collect again", verdicts: 7),
            Unseen(
                what: "infra/modules/network.tf", reason: "syntax error in line 41",
                remedy: "correct the file, or export the plan with terraform show -json", verdicts: 3),
        ]
        result.unownedPHI = [resource("res0-0"), resource("res2-1")]
        result.classified = 6
        return result
    }

    private static let looks = [
        CollectionLook(
            type: "Microsoft.Storage/storageAccounts", readable: 41, unreadable: 2, denominator: 43,
            basis: "count of the management group's descendants"),
        CollectionLook(
            type: "Microsoft.Network/networkSecurityGroups", readable: 9, unreadable: 0, denominator: 12,
            basis: "count of the management group's descendants"),
        CollectionLook(
            type: "AWS::S3::Bucket", readable: 12, unreadable: 1, denominator: nil, basis: "of those these files show"),
        CollectionLook(
            type: "AWS::KMS::Key", readable: 4, unreadable: 0, denominator: nil,
            basis: "of those this identity can see"),
    ]

    private static let coverage = [
        Coverage(
            collection: "Microsoft.Storage/storageAccounts", scope: "/subscriptions/0000", state: .read, count: 43,
            pages: 1, call: "GET Microsoft.Storage/storageAccounts"),
        Coverage(
            collection: "Microsoft.Storage/storageAccounts/blobServices", scope: "/subscriptions/0000", state: .denied,
            call: "GET …/blobServices/default", code: "AuthorizationFailed", message: "does not have authorization"),
        Coverage(collection: "AWS::S3::BucketPolicy", scope: "aws:000000000000", state: .notAsked),
    ]

    private static let diagnostics = [
        Diagnostic(
            code: "template-syntax", severity: .error, message: "expected a block after `resource`",
            location: Diagnostic.Location(path: "infra/modules/network.tf", line: 41, column: 7),
            hint: "correct the file and scan again"),
        Diagnostic(code: "source-empty", severity: .warning, message: "no resource in `infra/empty`"),
        Diagnostic(code: "rule-default", severity: .note, message: "a documented default was used 12 times"),
    ]

    static let soc2 = Framework(
        id: "soc2", title: "SOC 2 (Trust Services Criteria)", version: "2017 criteria, points of focus of 2022",
        note: "Titles and paraphrases are in our own words.",
        groups: [
            Framework.Group(id: "CC1", title: "Values, oversight and people"),
            Framework.Group(id: "CC6", title: "Logical and physical access"),
        ],
        requirements: [
            requirement("soc2", "CC6.1", "CC6", "Access to information assets", .hybrid),
            requirement("soc2", "CC6.7", "CC6", "Information in transit", .technical),
            requirement("soc2", "CC6.6", "CC6", "Threats from outside", .hybrid),
            requirement("soc2", "CC6.8", "CC6", "Unwanted software", .hybrid),
            requirement("soc2", "CC1.1", "CC1", "Integrity and ethics", .process),
            requirement("soc2", "CC1.2", "CC1", "Independent oversight", .process),
        ])

    static let hipaa = Framework(
        id: "hipaa", title: "HIPAA Security Rule", version: "as amended in 2013", note: "",
        groups: [Framework.Group(id: "164.312", title: "Technical safeguards")],
        requirements: [
            requirement("hipaa", "164.312(e)(1)", "164.312", "Transmission security", .technical, "standard"),
            requirement("hipaa", "164.312(b)", "164.312", "Audit controls", .hybrid, "required"),
            requirement("hipaa", "164.312(a)(2)(iv)", "164.312", "Encryption at rest", .technical, "addressable"),
        ])

    private static func requirement(
        _ framework: String, _ id: String, _ group: String, _ title: String, _ evidence: Requirement.Evidence,
        _ implementation: String? = nil
    ) -> Requirement {
        Requirement(
            framework: framework, id: id, group: group, title: title,
            paraphrase: "Whoever runs the system sees to it, and can show that it was so.", evidence: evidence,
            implementation: implementation, formerly: [])
    }

    static func assessment(_ requirement: Requirement, _ index: Int) -> RequirementAssessment {
        let states: [RequirementAssessment.State] = [
            .failing, .unknown, .noFailingTest, .noTest, .evidenceFromPeopleNeeded, .excluded,
        ]
        let state = states[index % states.count]
        var counts = RequirementAssessment.Counts()
        counts.pass = 12
        counts.fail = state == .failing ? 9 : 0
        counts.unknown = state == .unknown ? 4 : 0
        return RequirementAssessment(
            requirement: requirement, state: state, counts: counts,
            full: state == .noFailingTest ? ["aws-kms-key-rotation"] : [], partial: ["azure-storage-min-tls"],
            supporting: [], withoutResources: [],
            failingRules: state == .failing ? ["azure-storage-min-tls", "azure-sql-auditing"] : [],
            unknownRules: state == .unknown ? ["azure-keyvault-purge-protection"] : [])
    }
}
