public import AssayCore
import AssayExpressions

/// Asks every rule of every resource of its type.
///
/// Pure: the same snapshot, rules, parameters, classification and date give the same verdicts. Cost grows with
/// resources × rules of their type, plus one index a related type.
public struct RuleEvaluator: Sendable {
    let rules: [String: [CompiledRule]]
    let catalogue: RuleCatalogue
    let now: Value
    let asOf: String

    /// Compiles the rules that bear on the frameworks.
    ///
    /// - Parameters:
    ///   - catalogue: rules and provider defaults.
    ///   - frameworks: framework ids; empty asks every rule with its default parameters.
    ///   - parameters: a user's values, by `rule.parameter`.
    ///   - asOf: `now` of the rules, RFC 3339.
    public init(
        catalogue: RuleCatalogue, frameworks: [String], parameters: [String: Tree] = [:], asOf: String
    ) throws(CatalogueError) {
        self.catalogue = catalogue
        guard let moment = try? Timestamp(rfc3339: asOf) else {
            throw CatalogueError(file: "", message: "`\(asOf)` is not an RFC 3339 time", position: nil)
        }
        now = .timestamp(moment)
        self.asOf = asOf
        let compiler = RuleCompiler(
            defaults: catalogue.defaults, asOf: asOf, frameworks: frameworks, overrides: parameters)
        var compiled: [String: [CompiledRule]] = [:]
        for rule in catalogue.rules
        where frameworks.isEmpty || rule.requirements.contains(where: { frameworks.contains($0.framework) }) {
            compiled[rule.appliesTo.type.lowercased(), default: []].append(try compiler.compile(rule))
        }
        rules = compiled
    }

    /// The rules that are asked, by id.
    public var askedRules: [Rule] { rules.values.flatMap { $0.map(\.rule) }.sorted { $0.id < $1.id } }

    /// Verdicts on all resources, sorted by (type, id, rule, profile).
    ///
    /// - Parameters:
    ///   - estate: the resources with their relations and coverage.
    ///   - progress: called after each resource with how many are done.
    public func evaluate(_ estate: Estate, progress: (Int) -> Void = { _ in }) -> [Verdict] {
        var verdicts: [Verdict] = []
        for index in estate.resources.indices {
            verdicts += evaluate(index, in: estate)
            progress(index + 1)
        }
        return verdicts.sorted { $0.sortKey < $1.sortKey }
    }

    /// Verdicts of all rules on one resource.
    public func evaluate(_ index: Int, in estate: Estate) -> [Verdict] {
        evaluate(JudgedResource(index, in: estate), pairs: nil)
    }

    /// Verdicts of some pairs, or of all, on one resource.
    ///
    /// - Parameter pairs: places in the order of rules and, within a rule, profiles, ascending; nil asks all.
    func evaluate(_ judged: JudgedResource, pairs: [Int]?) -> [Verdict] {
        guard let asked = rules[judged.resource.type.lowercased()] else { return [] }
        var activation = judged.activation(now: now, defaults: catalogue.defaults)
        var verdicts: [Verdict] = []
        var wanted = pairs?[...]
        var place = 0
        for compiled in asked {
            let first = place
            place += compiled.profiles.count
            if let next = wanted?.first, next >= place { continue }
            if wanted?.isEmpty == true { break }
            if compiled.isRelational { activation["related"] = judged.related(compiled.rule.relations) }
            for (offset, profile) in compiled.profiles.enumerated() {
                if wanted != nil {
                    guard wanted?.first == first + offset else { continue }
                    wanted?.removeFirst()
                }
                activation["params"] = profile.parameters
                verdicts.append(judge(compiled, profile.name, judged, activation))
            }
        }
        return verdicts
    }

    private func judge(
        _ compiled: CompiledRule, _ profile: String, _ judged: JudgedResource, _ activation: Activation
    ) -> Verdict {
        let resource = judged.resource
        func trace(_ condition: Condition) -> [TraceEntry] {
            self.trace(condition, activation, compiled.rule, judged)
        }
        var verdict = Verdict(
            rule: compiled.rule.id, ruleVersion: compiled.rule.version, profile: profile,
            resource: resource.reference, state: .pass)
        if let when = compiled.when {
            switch when.evaluate(activation) {
            case .bool(true): break
            case .bool(false):
                verdict.state = .notApplicable
                return verdict
            case let other:
                verdict.state = .unknown
                verdict.reason = Self.reason(other, resource)
                verdict.trace = trace(when)
                verdict.placeReason()
                return verdict
            }
        }
        var unknown: Verdict.Reason?
        for (condition, assertion) in zip(compiled.assertions, compiled.rule.assertions) {
            switch condition.evaluate(activation) {
            case .bool(true): continue
            case .bool(false):
                verdict.state = .fail
                verdict.messages.append(assertion.message)
            case let other:
                unknown = unknown ?? Self.reason(other, resource)
            }
        }
        if verdict.state == .fail {
            verdict.reason = nil
        } else if let unknown {
            verdict.state = .unknown
            verdict.reason = unknown
        } else {
            return verdict
        }
        verdict.trace = compiled.assertions.flatMap { trace($0) }
        verdict.placeReason()
        return verdict
    }

    private static func reason(_ value: Value, _ resource: Resource) -> Verdict.Reason {
        switch value {
        case .unknown(let causes):
            Verdict.Reason(
                code: causes.first.reason.rawValue, path: causes.first.path.isEmpty ? nil : causes.first.path,
                call: resource.origin.call)
        case .error(let error):
            Verdict.Reason(
                code: (error.code == .absent ? UnknownReason.missingPath : .ruleError).rawValue,
                message: error.message)
        default:
            Verdict.Reason(code: UnknownReason.ruleError.rawValue, message: "condition is not a boolean")
        }
    }

    private func trace(
        _ condition: Condition, _ activation: Activation, _ rule: Rule, _ judged: JudgedResource
    ) -> [TraceEntry] {
        condition.explain(activation).atoms.map { atom in
            let read = judged.resource(read: atom.path, by: rule)
            return TraceEntry(
                path: atom.path, operation: atom.operation, expected: TraceText.cut(atom.expected),
                actual: TraceText.cut(atom.actual), origin: TraceText.origin(of: atom.node, in: read),
                result: atom.result.rawValue,
                source: atom.note.isEmpty ? atom.source : "\(atom.source) (\(atom.note))")
        }
    }
}

extension Verdict {
    /// Gives a reason without a path that of the atom which failed.
    fileprivate mutating func placeReason() {
        guard reason != nil, reason?.path == nil else { return }
        reason?.path = trace.first { ($0.result == "error" || $0.result == "unknown") && !$0.path.isEmpty }?.path
    }
}
