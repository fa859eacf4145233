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
    let relations: [Relation]
    let readsClassification: Bool
    /// By type: how its resources are looked for.
    let uses: [RelationUses]

    /// Compiles what the evaluator asks.
    public init(_ evaluator: RuleEvaluator, layout: LineLayout) {
        self.layout = layout
        var compilers: [TypeCompiler] = []
        for (_, rules) in evaluator.rules.sorted(by: { $0.key < $1.key }) {
            var compiler = TypeCompiler(rules.first?.rule.appliesTo.type ?? "", evaluator, layout: layout)
            for rule in rules { compiler.add(rule) }
            compilers.append(compiler)
        }
        // What relations ask is compiled into the related types, also into those that no rule is asked of.
        var relations: [Relation] = []
        var uses: [RelationUses] = Array(repeating: RelationUses(), count: compilers.count)
        var joins: [[(relation: Int32, export: Int32)]] = Array(repeating: [], count: compilers.count)
        var asked: [(relation: Rule.Relation, type: Int)] = []
        let judged = compilers.count
        for index in 0..<judged {
            for use in compilers[index].scope.uses {
                let name = use.relation.type.lowercased()
                var type = compilers.firstIndex { $0.name.lowercased() == name }
                if type == nil {
                    compilers.append(TypeCompiler(use.relation.type, evaluator, layout: layout))
                    uses.append(RelationUses())
                    joins.append([])
                    type = compilers.count - 1
                }
                guard let type else { continue }
                compilers[type].scope.leftOver = []
                let export = compilers[type].scope.export(use.body)
                compilers[index].leave(compilers[type].scope.leftOver, to: use.pair)
                joins[index].append((Int32(asked.count), Int32(export)))
                asked.append((use.relation, type))
                switch use.relation.by {
                case .child: uses[type].insideTypes.insert(compilers[index].name.lowercased())
                case .scope: uses[type].isScoped = true
                case .parent: uses[type].isNamed = true
                case .attachedTo, .references: break
                }
            }
        }
        for (relation, type) in asked {
            relations.append(
                Relation(
                    relation: relation, type: Int32(type), exportCount: compilers[type].scope.exports.count))
        }
        self.relations = relations
        self.uses = uses
        var laidOut = TableLayout(layout: layout)
        var types: [BulkType] = []
        for (compiler, joins) in zip(compilers, joins) {
            let placement = laidOut.add(compiler.scope)
            laidOut.add(
                type: placement, compiler.scope,
                pairs: compiler.operands.map { pair in
                    ScanTables.Pair(when: placement.register(pair.when), that: placement.register(pair.that))
                }, joins: joins)
            types.append(BulkType(name: compiler.name, pairs: compiler.pairs))
        }
        readsClassification = compilers.contains { $0.scope.readsClassification }
        if readsClassification { for compiler in compilers { compiler.scope.capturesIdentity() } }
        // Resources that no rule is asked of may still say what lies in them.
        let others = TypeCompiler("", evaluator, layout: layout)
        if layout == .sealed { others.scope.capturesIdentity() }
        laidOut.add(type: laidOut.add(others.scope), others.scope, pairs: [], joins: [])
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
    let name: String

    init(_ name: String, _ evaluator: RuleEvaluator, layout: LineLayout) {
        self.name = name
        self.evaluator = evaluator
        scope = ScopeBuilder(layout: layout)
    }

    mutating func add(_ compiled: CompiledRule) {
        let conditions = (compiled.when.map { [$0] } ?? []) + compiled.assertions
        let variables = Set(conditions.flatMap(\.variables))
        for profile in compiled.profiles {
            scope.leftOver = []
            scope.relations = compiled.rule.relations
            scope.pair = pairs.count
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

    /// Adds to what the general reader decides of a pair.
    mutating func leave(_ why: [String], to pair: Int) {
        for why in why where !pairs[pair].leftOver.contains(why) { pairs[pair].leftOver.append(why) }
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
