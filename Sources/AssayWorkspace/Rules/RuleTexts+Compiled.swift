import AssayCore
import AssayRules

extension RuleTexts {
    /// How one rule is read in bulk: what values alone decide, what is left to the general reader, which paths it reads.
    public static func showCompiled(_ id: String, paths: [String], isJSON: Bool) throws -> [UInt8] {
        let queries = try RuleQueries()
        let rule = try queries.rule(id, at: paths)
        let reading = try queries.reading(of: rule)
        if isJSON {
            return JSONEnvelope("assay.compiled-rules").document("rules", [rule]) {
                RuleReadingSheet.write($0, reading, to: &$1)
            }
        }
        return Array(RuleReadingSheet.text(rule, reading).utf8)
    }

    /// How many of the rules' pairs are decided by values, by relations too, or by the general reader.
    public static func compiledTotals(paths: [String], framework: String?) throws -> [UInt8] {
        let queries = try RuleQueries()
        let rules = try queries.rules(at: paths, framework: framework, minimum: nil)
        let pairs = try rules.flatMap { try queries.reading(of: $0).pairs }
        let open = pairs.count { !$0.leftOver.isEmpty }
        let related = pairs.count { $0.leftOver.isEmpty && $0.isRelational }
        let text =
            "\(rules.count) rules, \(pairs.count) pairs of rule and profile: \(pairs.count - open - related) from values "
            + "alone, \(related) from values and relations, \(open) with the general reader\n"
        return Array(text.utf8)
    }
}
