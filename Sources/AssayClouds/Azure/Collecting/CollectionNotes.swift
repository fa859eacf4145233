import AssayCore

/// Counts, and diagnostics that are summed up: a thousand refusals of one kind are one line.
actor CollectionNotes {
    private struct Group: Hashable {
        let code: String
        let collection: String
        let words: String
    }

    private var found: [Diagnostic] = []
    private var groups: [Group: (count: Int, example: String)] = [:]
    private var redactions: [String: Int] = [:]
    private(set) var requests = 0
    private(set) var resources = 0
    private(set) var reused = 0
    private var jobs = 0

    func countReuse() { reused += 1 }
    func countRequest() { requests += 1 }
    func add(resources count: Int) { resources += count }

    func countJob() -> Int {
        jobs += 1
        return jobs
    }

    func add(_ diagnostic: Diagnostic) { found.append(diagnostic) }

    /// Takes what shaping found odd.
    func add(_ diagnostics: [Diagnostic], redactions count: Int, type: String) {
        for diagnostic in diagnostics {
            groups[Group(code: diagnostic.code, collection: type, words: diagnostic.message), default: (0, "")].count +=
                1
        }
        if count > 0 { redactions[type, default: 0] += count }
    }

    /// Counts one failed call of a kind.
    func count(_ code: String, _ collection: String, _ call: String, _ words: String) {
        let group = Group(code: code, collection: collection, words: words)
        groups[group] = ((groups[group]?.count ?? 0) + 1, groups[group]?.example ?? call)
    }

    /// Says what coverage leaves open, one line for each collection and reason.
    func describe(_ coverage: [Coverage], isInterrupted: Bool) {
        for record in coverage where !record.isKnown && record.message?.hasPrefix("not asked: ") != true {
            let code = "azure-call-\(record.state.rawValue)"
            count(code, record.collection, record.call ?? record.scope, record.code ?? record.state.rawValue)
        }
        if isInterrupted {
            found.append(
                Diagnostic(
                    code: "collection-interrupted", severity: .error, message: "stopped before everything was read",
                    hint: "run it again in the same workspace: it goes on from what was read"))
        }
    }

    /// Everything found, sorted.
    var diagnostics: [Diagnostic] {
        var all = found
        for (group, value) in groups {
            let isQuiet = ["notRegistered", "notLicensed"].contains { group.code.hasSuffix($0) }
            let example = value.example.isEmpty ? "" : ", first: `\(value.example)`"
            all.append(
                Diagnostic(
                    code: group.code, severity: isQuiet ? .note : .warning,
                    message:
                        "\(group.collection): \(group.words) (\(value.count) \(value.count == 1 ? "time" : "times")\(example))",
                    hint: Self.hint(group.code)))
        }
        for (type, count) in redactions {
            all.append(
                Diagnostic(
                    code: "shape-redacted", severity: .note,
                    message: "\(type): \(count) \(count == 1 ? "value was" : "values were") replaced by a marker"))
        }
        return all.sorted()
    }

    private static func hint(_ code: String) -> String? {
        if code.hasSuffix("denied") { return "`assay init azure` says which permission is missing" }
        if code.hasSuffix("failed") { return "run it again; what was read is kept" }
        return nil
    }
}
