public import AssayCore

/// Rules, frameworks, controls and provider defaults that belong together.
public struct RuleCatalogue: Sendable {
    /// By id.
    public private(set) var rules: [Rule]
    /// By id.
    public private(set) var frameworks: [Framework]
    /// By id.
    public private(set) var controls: [Control]
    /// What absent properties mean, from the files `shapes/defaults-…`.
    public private(set) var defaults: DefaultsTable

    /// Reads parsed catalogue files; the first fault stops.
    ///
    /// - Parameter files: path and document; the path's first folder says what a file holds: `rules`, `frameworks`,
    ///   `controls`, `shapes`.
    public init(files: [(path: String, tree: Tree)]) throws(CatalogueError) {
        var rules: [Rule] = []
        var frameworks: [Framework] = []
        var controls: [Control] = []
        var defaults = DefaultsTable()
        for (path, tree) in files {
            if path.hasPrefix("rules/") {
                rules.append(try RuleReader.read(tree, file: path))
            } else if path.hasPrefix("frameworks/"), tree["framework"]?.stringValue == "assay.framework/1",
                tree["requirements"] != nil
            {
                frameworks.append(try FrameworkReader.read(tree, file: path))
            } else if path.hasPrefix("controls/") {
                controls += try ControlReader.read(tree, file: path)
            } else if path.hasPrefix("shapes/defaults-") {
                try defaults.add(tree, file: path)
            }
        }
        self.rules = rules.sorted { $0.id < $1.id }
        self.frameworks = frameworks.sorted { $0.id < $1.id }
        self.controls = controls.sorted { $0.id < $1.id }
        self.defaults = defaults
        for (left, right) in zip(self.rules, self.rules.dropFirst()) where left.id == right.id {
            throw CatalogueError(
                file: right.file, message: "rule `\(right.id)` is also in `\(left.file)`", position: nil)
        }
    }

    init(only rule: Rule, defaults: DefaultsTable) {
        rules = [rule]
        frameworks = []
        controls = []
        self.defaults = defaults
    }

    /// Adds a user's rules; one with the id of an embedded rule takes its place.
    public mutating func add(_ added: [Rule]) {
        let identifiers = Set(added.map(\.id))
        rules = (rules.filter { !identifiers.contains($0.id) } + added).sorted { $0.id < $1.id }
    }

    /// The framework with this id, or nil.
    public func framework(_ id: String) -> Framework? { frameworks.first { $0.id == id } }

    /// The rule with this id or an earlier name of it, or nil.
    public func rule(_ id: String) -> Rule? {
        rules.first { $0.id == id } ?? rules.first { $0.formerly.contains(id) }
    }
}
