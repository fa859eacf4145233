import AssayCore
import AssayProgram

extension Finding {
    /// Writes the finding's object of `finding/1`: the verdict's members and what the finding adds.
    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("severity", severity.rawValue)
        writer.member("state", state.rawValue)
        writer.member("firstSeen", firstSeen)
        writer.member("lastSeen", lastSeen)
        writer.member("due", due)
        writer.member("reopened", reopened)
        writer.member("resolution", resolution)
        writer.member("requirements", requirements)
        writer.member("rule", verdict.rule)
        writer.member("ruleVersion", verdict.ruleVersion)
        writer.member("profile", verdict.profile)
        writer.key("resource")
        verdict.resource.write(to: &writer)
        writer.member("verdict", verdict.state.rawValue)
        writer.key("reason")
        if let reason = verdict.reason {
            writer.beginObject()
            writer.member("code", reason.code)
            writer.member("path", reason.path)
            writer.member("call", reason.call)
            writer.member("message", reason.message)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.member("messages", verdict.messages)
        writer.list("trace", verdict.trace) { entry, writer in entry.write(to: &writer) }
        writer.endObject()
    }
}

extension JSONWriter {
    /// Writes key and a list whose elements write themselves; present even when empty.
    mutating func list<Element>(
        _ name: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) {
        key(name)
        beginArray()
        for element in elements { write(element, &self) }
        endArray()
    }
}
