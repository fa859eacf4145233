/// A compiled condition: nodes in one array that refer to each other and to the pools by index.
///
/// Front ends write it through `ProgramBuilder`; nothing in it belongs to one language.
final class Program: Sendable {
    let nodes: [ConditionNode]
    let operands: [NodeID]
    let constants: [Value]
    let names: [String]
    let functions: [FunctionDeclaration]
    let patterns: [RegularExpression]
    /// The variables that are read, in the order of their indices.
    let variables: [String]
    let spans: [SourceSpan]
    let source: SourceText
    let slotCount: Int
    let root: NodeID

    init(_ builder: ProgramBuilder, root: NodeID) {
        nodes = builder.nodes
        operands = builder.operands
        constants = builder.constants
        names = builder.names
        functions = builder.functions
        patterns = builder.patterns
        variables = builder.variables
        spans = builder.spans
        source = builder.source
        slotCount = builder.slotCount
        self.root = root
    }

    subscript(id: NodeID) -> ConditionNode { nodes[Int(id)] }

    func name(_ index: Int32) -> String { names[Int(index)] }

    func operands(_ start: Int32, _ count: Int32) -> ArraySlice<NodeID> {
        operands[Int(start)..<Int(start + count)]
    }

    /// The text that a node was compiled from.
    func text(_ id: NodeID) -> String { source[spans[Int(id)]] }
}
