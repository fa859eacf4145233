import AssayCore
import AssayExpressions

/// The rules of an evaluation, compiled for bulk: each type's conditions as one key tree, value classes and truth
/// tables.
///
/// What cannot be told from a resource's own values is left to the general reader, pair by pair.
public final class BulkProgram: Sendable {
    /// The types that rules are asked of, by name.
    public let types: [BulkType]
    /// Where values stand in a line.
    public let layout: LineLayout
    let tables: ScanTables
    let slots: [TableLayout.SlotInfo]
    let groups: [TableLayout.GroupInfo]
    let typeIndices: [String: Int32]

    /// Compiles what the evaluator asks.
    public init(_ evaluator: RuleEvaluator, layout: LineLayout) {
        self.layout = layout
        var laidOut = TableLayout(layout: layout)
        var types: [BulkType] = []
        for (_, rules) in evaluator.rules.sorted(by: { $0.key < $1.key }) {
            var compiler = TypeCompiler(evaluator, layout: layout)
            for rule in rules { compiler.add(rule) }
            let placement = laidOut.add(compiler.scope)
            laidOut.add(
                type: placement.scope,
                pairs: compiler.operands.map { pair in
                    ScanTables.Pair(when: placement.register(pair.when), that: placement.register(pair.that))
                })
            types.append(BulkType(name: rules.first?.rule.appliesTo.type ?? "", pairs: compiler.pairs))
        }
        laidOut.finish(typeNames: types.map(\.name))
        self.types = types
        tables = laidOut.tables
        slots = laidOut.slotInfos
        groups = laidOut.groupInfos
        typeIndices = Dictionary(uniqueKeysWithValues: types.enumerated().map { ($1.name.lowercased(), Int32($0)) })
    }
}

/// Compiles the rules of one type.
private struct TypeCompiler {
    let scope: ScopeBuilder
    private(set) var pairs: [BulkPair] = []
    private(set) var operands: [(when: ScopeBuilder.Operand, that: ScopeBuilder.Operand)] = []
    private let evaluator: RuleEvaluator

    init(_ evaluator: RuleEvaluator, layout: LineLayout) {
        self.evaluator = evaluator
        scope = ScopeBuilder(layout: layout)
    }

    mutating func add(_ compiled: CompiledRule) {
        let conditions = (compiled.when.map { [$0] } ?? []) + compiled.assertions
        let variables = Set(conditions.flatMap(\.variables))
        for profile in compiled.profiles {
            scope.leftOver = []
            let context = context(compiled, profile)
            let when = compiled.when.map { scope.operand($0.lowered(in: context)) }
            let assertions = compiled.assertions.map { scope.operand($0.lowered(in: context)) }
            operands.append((when ?? .constant(1), scope.combine(assertions, isAnd: true)))
            pairs.append(
                BulkPair(
                    rule: compiled.rule.id, version: "\(compiled.rule.version)", profile: profile.name,
                    isRelational: compiled.isRelational, readsNow: variables.contains("now"),
                    readsClassification: variables.contains("classification"), leftOver: scope.leftOver))
        }
    }

    private func context(_ compiled: CompiledRule, _ profile: CompiledRule.Profile) -> SlotContext {
        let defaults = evaluator.catalogue.defaults
        let date = String(evaluator.asOf.prefix(10))
        return SlotContext(
            constants: ["params": profile.parameters, "now": evaluator.now],
            identity: "\(compiled.rule.id)/\(profile.name)",
            defaults: { name, version in
                defaults.entry(name, at: version ?? date).map { Value(Document($0.value).root) }
            }, isVersioned: { defaults.isVersioned($0) })
    }
}
