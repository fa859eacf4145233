import AssayCore
import AssayProgram
import AssayRules

/// What the sections of the page share.
struct HTMLContext {
    let result: ScanResult
    /// Root causes, most urgent first.
    let groups: [RuleGroup]
    /// The page's anchor of a rule's group by rule id.
    ///
    /// Anchors are numbers, because ids come from files of others.
    let anchors: [String: String]
    /// How many resources a rule shows in detail, so that a large scan still gives a usable file.
    let resourcesPerRule: Int

    /// Resources shown in detail on the whole page, as far as every rule keeps a few.
    private static let resourcesPerPage = 2_500

    /// Rows of a table of diagnostics, coverage or PHI.
    static let rowsPerTable = 300
    /// Characters of one value.
    static let valueLength = 600

    init(_ result: ScanResult) {
        self.result = result
        groups = RuleGroup.groups(of: result)
        var anchors: [String: String] = [:]
        for (index, group) in groups.enumerated() { anchors[group.id] = "rule-\(index + 1)" }
        self.anchors = anchors
        resourcesPerRule = max(5, min(50, HTMLContext.resourcesPerPage / max(1, groups.count)))
    }
}

/// One part of the page with its place in the table of contents.
struct HTMLSection: Sendable {
    let anchor: String
    let title: String
    /// Writes what stands below the heading.
    let write: @Sendable (HTMLContext, inout MarkupWriter) -> Void
}
