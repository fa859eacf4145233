public import AssayCore

/// Runs a rule's own cases through the evaluator that scans use.
public struct RuleTester {
    /// What became of one case.
    public struct Outcome: Sendable {
        /// Id of the rule.
        public let rule: String
        /// The file that holds the rule and its case.
        public let file: String
        /// The case's own sentence.
        public let name: String
        /// The verdict that the case asks for.
        public let expected: VerdictState
        /// Nil when the case itself could not be read.
        public let actual: VerdictState?
        /// Reason or message of the verdict, or why the case could not be read.
        public let detail: String
        /// Where the case begins in the file; nil when the rule was not read from a text.
        public let position: SourcePosition?

        /// True when the verdict is the expected one.
        public var isPassed: Bool { expected == actual }
    }

    private let catalogue: RuleCatalogue
    /// `now` of a case that does not say.
    public static let defaultNow = "2026-06-30T12:00:00Z"

    /// - Parameter catalogue: where provider defaults come from.
    public init(catalogue: RuleCatalogue) {
        self.catalogue = catalogue
    }

    /// Runs all cases of a rule.
    public func run(_ rule: Rule) -> [Outcome] { rule.cases.map { run($0, of: rule) } }

    private func run(_ test: RuleCase, of rule: Rule) -> Outcome {
        func outcome(_ actual: VerdictState?, _ detail: String) -> Outcome {
            Outcome(
                rule: rule.id, file: rule.file, name: test.name, expected: test.expected, actual: actual,
                detail: detail, position: test.position)
        }
        var resources: [Resource] = []
        var entries: [Classifier.Entry] = []
        for (index, tree) in test.resources.enumerated() {
            guard let resource = CaseResource.read(tree, number: index) else {
                return outcome(nil, "resource \(index + 1) needs `type` and an object `body`")
            }
            resources.append(resource)
            if let entry = CaseResource.classification(tree, id: resource.id) { entries.append(entry) }
        }
        guard let first = resources.first else { return outcome(nil, "case has no resource") }
        guard first.type.lowercased() == rule.appliesTo.type.lowercased() else {
            return outcome(nil, "the first resource is a `\(first.type)`, the rule judges `\(rule.appliesTo.type)`")
        }
        var coverage: [Coverage] = []
        for tree in test.coverage {
            guard let record = try? Coverage(json: Document(tree).root) else {
                return outcome(nil, "coverage needs `collection` and `state`")
            }
            coverage.append(record)
        }
        do {
            var single = catalogue
            single.keepOnly(rule)
            let parameters = test.parameters.map { ("\(rule.id).\($0.name)", $0.value) }
            let evaluator = try RuleEvaluator(
                catalogue: single, frameworks: test.profile.map { [$0] } ?? [],
                parameters: Dictionary(parameters) { $1 }, asOf: test.now ?? Self.defaultNow)
            let estate = Estate(
                resources: resources, coverage: coverage, classifier: try Classifier(entries), rules: [rule])
            guard let verdict = evaluator.evaluate(0, in: estate).first else {
                return outcome(nil, "the rule was not asked; does it map to framework `\(test.profile ?? "")`?")
            }
            let reason = verdict.reason.map { "\($0.code) \($0.path ?? "")" }
            return outcome(verdict.state, (verdict.messages + [reason].compactMap(\.self)).joined(separator: "; "))
        } catch {
            return outcome(nil, "\(error)")
        }
    }
}

extension RuleCatalogue {
    mutating func keepOnly(_ rule: Rule) { self = RuleCatalogue(only: rule, defaults: defaults) }
}
