import AssayCore
public import AssayProgram
import AssayRules

/// The scan as `assay.scan/1` (`Schemas/assay.scan-1.schema.json`), for programs.
public enum JSONReport {
    /// The report's bytes; every list is present even when it is empty, and sorted bytewise.
    ///
    /// - Parameter indent: spaces a level; 0 writes one line.
    public static func render(_ result: ScanResult, indent: Int = 2) -> [UInt8] {
        JSONEnvelope("assay.scan").document(indent: indent) { writer in members(result, to: &writer) }
    }

    private static func members(_ result: ScanResult, to writer: inout JSONWriter) {
        writer.key("tool")
        writer.beginObject()
        writer.member("name", "assay")
        writer.member("version", result.toolVersion)
        writer.endObject()
        writer.member("asOf", result.asOf)
        writer.member("sources", result.sources)
        writer.key("summary")
        summary(result, to: &writer)
        writer.list("frameworks", result.frameworks) { framework, writer in
            writer.beginObject()
            writer.member("id", framework.id)
            writer.member("title", framework.title)
            writer.member("version", framework.version)
            writer.endObject()
        }
        writer.list("rules", BytewiseOrder.sorted(result.rules) { [$0.id] }) { rule, writer in
            writer.beginObject()
            writer.member("id", rule.id)
            writer.member("version", rule.version)
            writer.member("title", rule.title)
            writer.member("severity", rule.severity.rawValue)
            writer.member("type", rule.appliesTo.type)
            writer.endObject()
        }
        writer.list("findings", result.sortedFindings) { finding, writer in finding.write(to: &writer) }
        writer.list("verdicts", result.listedVerdicts) { verdict, writer in verdict.write(to: &writer) }
        writer.list("looks", BytewiseOrder.sorted(result.looks) { [$0.type] }, write)
        let coverage = BytewiseOrder.sorted(result.coverage) { [$0.collection, $0.scope, $0.state.rawValue] }
        writer.list("coverage", coverage) { record, writer in record.write(to: &writer) }
        writer.list("diagnostics", result.diagnostics.sorted()) { diagnostic, writer in
            diagnostic.write(to: &writer)
        }
        writer.list("requirements", result.requirements, write)
        writer.list("changes", result.changes, write)
        writer.list("unseen", result.unseen, write)
        writer.list("unownedPHI", BytewiseOrder.sorted(result.unownedPHI, by: \.orderKeys)) { resource, writer in
            resource.write(to: &writer)
        }
    }

    private static func summary(_ result: ScanResult, to writer: inout JSONWriter) {
        let summary = result.summary
        writer.beginObject()
        writer.member("complete", summary.isComplete)
        writer.member("exitCode", summary.exitCode)
        writer.member("resources", summary.resources)
        writer.member("classified", result.classified)
        writer.member("rules", summary.rules)
        writer.member("pass", summary.pass)
        writer.member("fail", summary.fail)
        writer.member("unknown", summary.unknown)
        writer.member("manual", summary.manual)
        writer.member("notApplicable", summary.notApplicable)
        writer.member("exempt", summary.exempt)
        writer.endObject()
    }

    private static func write(_ look: CollectionLook, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", look.type)
        writer.member("readable", look.readable)
        writer.member("unreadable", look.unreadable)
        writer.key("denominator")
        if let denominator = look.denominator { writer.int(denominator) } else { writer.null() }
        writer.member("basis", look.basis)
        writer.endObject()
    }

    private static func write(_ assessment: RequirementAssessment, to writer: inout JSONWriter) {
        let requirement = assessment.requirement
        writer.beginObject()
        writer.member("framework", requirement.framework)
        writer.member("id", requirement.id)
        writer.member("group", requirement.group)
        writer.member("title", requirement.title)
        writer.member("evidence", requirement.evidence.rawValue)
        writer.member("implementation", requirement.implementation)
        writer.member("state", assessment.state.rawValue)
        writer.member("summary", assessment.summary)
        writer.key("counts")
        writer.beginObject()
        writer.member("pass", assessment.counts.pass)
        writer.member("fail", assessment.counts.fail)
        writer.member("unknown", assessment.counts.unknown)
        writer.member("notApplicable", assessment.counts.notApplicable)
        writer.member("exempted", assessment.counts.exempted)
        writer.endObject()
        writer.member("full", assessment.full)
        writer.member("partial", assessment.partial)
        writer.member("supporting", assessment.supporting)
        writer.member("withoutResources", assessment.withoutResources)
        writer.member("failingRules", assessment.failingRules)
        writer.member("unknownRules", assessment.unknownRules)
        writer.endObject()
    }

    private static func write(_ change: Change, to writer: inout JSONWriter) {
        let fix = change.rule.fix
        writer.beginObject()
        writer.member("rule", change.rule.id)
        writer.member("title", change.rule.title)
        writer.member("severity", change.rule.severity.rawValue)
        writer.member("profile", change.profile)
        if let hours = fix.effortHours {
            writer.key("effortHours")
            writer.beginArray()
            writer.number(text: Words.number(hours.low))
            writer.number(text: Words.number(hours.high))
            writer.endArray()
        }
        writer.member("downtime", fix.downtime)
        writer.member("role", fix.role)
        writer.member("irreversible", fix.isIrreversible)
        writer.member("requirements", change.requirements)
        writer.list("resources", change.resources) { resource, writer in resource.write(to: &writer) }
        writer.endObject()
    }

    private static func write(_ unseen: Unseen, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("what", unseen.what)
        writer.member("reason", unseen.reason)
        writer.member("remedy", unseen.remedy)
        writer.member("verdicts", unseen.verdicts)
        writer.endObject()
    }
}
