import AssayCore
import AssayRules

extension Rule {
    /// Writes the rule's object without its cases.
    func writeSummary(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("title", title)
        writer.member("severity", severity.rawValue)
        writer.member("severityReason", severityReason)
        writer.member("type", appliesTo.type)
        writer.member("when", appliesTo.when)
        writer.member("rationale", rationale)
        writer.member("version", "sha256:" + version)
        writer.key("assert")
        writer.beginArray()
        for assertion in assertions {
            writer.beginObject()
            writer.member("that", assertion.that)
            writer.member("message", assertion.message)
            writer.endObject()
        }
        writer.endArray()
        writer.key("requirements")
        writer.beginArray()
        for mapping in requirements {
            writer.beginObject()
            writer.member("id", mapping.qualifiedID)
            writer.member("strength", mapping.strength.rawValue)
            writer.member("reason", mapping.reason)
            writer.endObject()
        }
        writer.endArray()
        writer.key("equivalents")
        writer.beginObject()
        for equivalent in equivalents { writer.member(equivalent.engine, equivalent.ids) }
        writer.endObject()
        writer.key("fix")
        writer.beginObject()
        for step in fix.steps { writer.member(step.channel, step.text) }
        writer.endObject()
        writer.endObject()
    }
}

extension Framework {
    /// Writes the framework's object.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("title", title)
        writer.member("version", version)
        writer.member("note", note)
        writer.key("requirements")
        writer.beginArray()
        for requirement in requirements {
            writer.beginObject()
            writer.member("id", requirement.id)
            writer.member("group", requirement.group)
            writer.member("title", requirement.title)
            writer.member("paraphrase", requirement.paraphrase)
            writer.member("evidence", requirement.evidence.rawValue)
            writer.member("implementation", requirement.implementation)
            writer.member("formerly", requirement.formerly)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}

extension Control {
    /// Writes the control's object.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("title", title)
        writer.member("statement", statement)
        writer.member("owner", owner)
        writer.member("kind", kind)
        writer.member("execution", execution)
        writer.member("frequency", frequency)
        writer.member("requirements", requirements)
        writer.member("rules", rules)
        writer.member("registers", registers)
        writer.member("populations", populations)
        writer.endObject()
    }
}
