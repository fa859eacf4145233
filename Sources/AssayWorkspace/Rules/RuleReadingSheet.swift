import AssayCore
import AssayRules

/// How a rule is read in bulk, as text.
enum RuleReadingSheet {
    static func text(_ rule: Rule, _ reading: RuleReading) -> String {
        var lines = [rule.title, "", "id        \(rule.id)", "type      \(rule.appliesTo.type)", "", "in bulk"]
        for pair in reading.pairs {
            let alone = pair.isRelational ? "from values and relations" : "from values alone"
            let why = pair.leftOver.joined(separator: "; ")
            lines.append("  \(pair.profile): \(why.isEmpty ? alone : "the general reader decides: \(why)")")
        }
        lines += ["", "reads"]
        lines += reading.paths.map { "  \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    static func write(_ rule: Rule, _ reading: RuleReading, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", rule.id)
        writer.member("type", rule.appliesTo.type)
        writer.key("pairs")
        writer.beginArray()
        for pair in reading.pairs {
            writer.beginObject()
            writer.member("profile", pair.profile)
            writer.member("fromValuesAlone", pair.leftOver.isEmpty && !pair.isRelational)
            writer.member("leftOver", pair.leftOver)
            writer.member("relational", pair.isRelational)
            writer.member("readsNow", pair.readsNow)
            writer.member("readsClassification", pair.readsClassification)
            writer.endObject()
        }
        writer.endArray()
        writer.member("paths", reading.paths)
        writer.endObject()
    }
}
