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
        verdict.writeMembers(to: &writer)
        writer.endObject()
    }
}
