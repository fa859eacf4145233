/// Collects the nodes and pools of a program.
struct ProgramBuilder {
    let source: SourceText
    private(set) var nodes: [ConditionNode] = []
    private(set) var operands: [NodeID] = []
    private(set) var constants: [Value] = []
    private(set) var names: [String] = []
    private(set) var functions: [FunctionDeclaration] = []
    private(set) var patterns: [RegularExpression] = []
    private(set) var variables: [String] = []
    private(set) var spans: [SourceSpan] = []
    private(set) var slotCount = 0
    private var nameIndices: [String: Int32] = [:]
    private var functionIndices: [String: Int32] = [:]

    init(source: SourceText) {
        self.source = source
    }

    mutating func emit(_ node: ConditionNode, _ span: SourceSpan) -> NodeID {
        nodes.append(node)
        spans.append(span)
        return NodeID(nodes.count - 1)
    }

    mutating func constant(_ value: Value) -> Int32 {
        constants.append(value)
        return Int32(constants.count - 1)
    }

    mutating func name(_ text: String) -> Int32 {
        if let known = nameIndices[text] { return known }
        names.append(text)
        nameIndices[text] = Int32(names.count - 1)
        return Int32(names.count - 1)
    }

    mutating func variable(_ name: String) -> Int32 {
        if let known = variables.firstIndex(of: name) { return Int32(known) }
        variables.append(name)
        return Int32(variables.count - 1)
    }

    mutating func function(_ declaration: FunctionDeclaration) -> Int32 {
        if let known = functionIndices[declaration.name] { return known }
        functions.append(declaration)
        functionIndices[declaration.name] = Int32(functions.count - 1)
        return Int32(functions.count - 1)
    }

    mutating func pattern(_ pattern: RegularExpression) -> Int32 {
        patterns.append(pattern)
        return Int32(patterns.count - 1)
    }

    mutating func pool(_ nodes: [NodeID]) -> (start: Int32, count: Int32) {
        operands += nodes
        return (Int32(operands.count - nodes.count), Int32(nodes.count))
    }

    /// Makes sure that slots up to this one exist.
    mutating func reserveSlots(_ count: Int) {
        slotCount = max(slotCount, count)
    }
}
