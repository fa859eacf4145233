public import AssayCore
import AssayRules

/// Rules, frameworks and controls as tables or JSON.
public enum RuleTexts {
    /// A line a rule.
    public static func list(
        paths: [String], framework: String?, severity: Severity?, isJSON: Bool
    ) throws -> [UInt8] {
        let rules = try RuleQueries().rules(at: paths, framework: framework, minimum: severity)
        if isJSON {
            return JSONEnvelope("assay.rules").document("rules", rules) { $0.writeSummary(to: &$1) }
        }
        return table(
            rules.map { [$0.severity.rawValue, $0.id, $0.appliesTo.type, $0.title] },
            heading: ["severity", "id", "type", "title"], closing: "\(rules.count) rules")
    }

    /// One rule whole.
    public static func show(_ id: String, paths: [String], isJSON: Bool) throws -> [UInt8] {
        let rule = try RuleQueries().rule(id, at: paths)
        if isJSON {
            return JSONEnvelope("assay.rules").document("rules", [rule]) { $0.writeSummary(to: &$1) }
        }
        return Array(RuleSheet.text(rule).utf8)
    }

    /// What became of the cases, and whether all gave the verdict that they expect.
    public static func test(_ paths: [String], isJSON: Bool) throws -> (text: [UInt8], isPassed: Bool) {
        let outcomes = try RuleQueries().test(paths)
        let failed = outcomes.filter { !$0.isPassed }
        if isJSON {
            let text = JSONEnvelope("assay.rule-tests").document("cases", outcomes) { outcome, writer in
                writer.beginObject()
                writer.member("rule", outcome.rule)
                writer.member("file", outcome.file)
                writer.member("line", outcome.position?.line)
                writer.member("name", outcome.name)
                writer.member("expected", outcome.expected.rawValue)
                writer.member("actual", outcome.actual?.rawValue)
                writer.member("passed", outcome.isPassed)
                writer.member("detail", outcome.detail)
                writer.endObject()
            }
            return (text, failed.isEmpty)
        }
        var lines = failed.map { outcome in
            "\(outcome.file):\(outcome.position?.line ?? 1): `\(outcome.rule)` \(outcome.name): expected "
                + "\(outcome.expected.rawValue), got \(outcome.actual?.rawValue ?? "no verdict") (\(outcome.detail))"
        }
        lines.append("\(outcomes.count - failed.count) passed, \(failed.count) failed")
        return (Array((lines.joined(separator: "\n") + "\n").utf8), failed.isEmpty)
    }

    /// The faults found, and whether none is an error.
    public static func lint(_ paths: [String], isJSON: Bool) throws -> (text: [UInt8], isClean: Bool) {
        let found = try RuleQueries().lint(paths)
        let errors = found.count { $0.severity == .error }
        if isJSON {
            let text = JSONEnvelope("assay.rule-lint").document("diagnostics", found) { $0.write(to: &$1) }
            return (text, errors == 0)
        }
        var lines = found.map { diagnostic in
            let place = diagnostic.location.map { "\($0.path):\($0.line ?? 1): " } ?? ""
            return "\(place)\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]"
                + (diagnostic.hint.map { "\n    hint: \($0)" } ?? "")
        }
        lines.append("\(errors) errors, \(found.count - errors) warnings")
        return (Array((lines.joined(separator: "\n") + "\n").utf8), errors == 0)
    }

    /// Frameworks, or the requirements of one.
    public static func frameworks(_ id: String?, isJSON: Bool) throws -> [UInt8] {
        let all = try RuleQueries().frameworks
        guard let id else {
            if isJSON {
                return JSONEnvelope("assay.frameworks").document("frameworks", all) { $0.write(to: &$1) }
            }
            return table(
                all.map { [$0.id, "\($0.requirements.count)", $0.title, $0.version] },
                heading: ["id", "count", "title", "version"], closing: "\(all.count) frameworks")
        }
        guard let framework = all.first(where: { $0.id == id }) else {
            throw ConfigurationError(
                "framework `\(id)` is not known", hint: "use one of \(all.map(\.id).joined(separator: ", "))")
        }
        if isJSON {
            return JSONEnvelope("assay.frameworks").document("frameworks", [framework]) { $0.write(to: &$1) }
        }
        return table(
            framework.requirements.map { [$0.id, $0.evidence.rawValue, $0.title] },
            heading: ["id", "evidence", "title"], closing: "\(framework.requirements.count) requirements")
    }

    /// The default controls.
    public static func controls(isJSON: Bool) throws -> [UInt8] {
        let controls = try RuleQueries().controls
        if isJSON {
            return JSONEnvelope("assay.controls").document("controls", controls) { $0.write(to: &$1) }
        }
        return table(
            controls.map { [$0.id, $0.owner, $0.frequency, "\($0.rules.count)", $0.title] },
            heading: ["id", "owner", "frequency", "rules", "title"], closing: "\(controls.count) controls")
    }

    private static func table(_ rows: [[String]], heading: [String], closing: String) -> [UInt8] {
        let widths = heading.indices.map { column in
            ([heading] + rows).map { $0[column].count }.max() ?? 0
        }
        let lines = ([heading] + rows).map { row in
            zip(row, widths).enumerated().map { index, cell in
                index == row.count - 1 ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count + 2)
            }.joined()
        }
        return Array((lines + [closing]).joined(separator: "\n").utf8) + [0x0A]
    }
}
