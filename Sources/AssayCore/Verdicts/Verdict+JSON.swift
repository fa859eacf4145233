extension Verdict {
    /// Writes the verdict's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }

    /// Writes the members of the verdict's object into one that is open.
    public func writeMembers(to writer: inout JSONWriter) {
        writer.member("rule", rule)
        writer.member("ruleVersion", ruleVersion)
        writer.member("profile", profile)
        writer.key("resource")
        resource.write(to: &writer)
        writer.member("verdict", state.rawValue)
        writer.key("reason")
        if let reason {
            writer.beginObject()
            writer.member("code", reason.code)
            writer.member("path", reason.path)
            writer.member("call", reason.call)
            writer.member("message", reason.message)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.member("messages", messages)
        writer.list("trace", trace) { entry, writer in entry.write(to: &writer) }
    }
}

extension ResourceReference {
    /// Writes the reference's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", id)
        writer.member("type", type)
        writer.member("name", name)
        writer.key("origin")
        origin.write(to: &writer)
        writer.endObject()
    }
}

extension TraceEntry {
    /// Writes the entry's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("path", path)
        writer.member("operator", operation)
        writer.member("expected", expected)
        writer.member("actual", actual)
        writer.member("origin", origin)
        writer.member("result", result)
        writer.member("source", source)
        writer.endObject()
    }
}
