import AssayCore

/// Resolves intrinsic functions in the properties of one template's resources.
///
/// What cannot be told becomes an unknown value in its place; references to resources are noted beside it. Work is
/// bounded: nesting by the limit on depth, what substitution adds by a budget.
struct IntrinsicResolver {
    /// One composed string may have this many bytes.
    static let textLimit = 1 << 20
    /// All that substitution adds to one unit, in bytes; see `Tree.expansionCost`.
    static let expansionLimit = 64 << 20

    let template: CloudFormationTemplate
    let unit: String
    let limits: DocumentLimits
    /// True when something may declare more than the file shows, so that an undeclared name is no mistake.
    let isOpen: Bool
    var diagnostics: UnitDiagnostics
    private(set) var references: [TemplateReference] = []

    private let given: [String: Tree]
    private var parameterValues: [String: Tree] = [:]
    var conditionValues: [String: ConditionValue] = [:]
    var conditionsInProgress: [String] = []
    private var expansion = 0
    private var nesting = 0
    private var path: [DocumentPath.Step] = []
    /// How many function calls stand around the value: inside of one, paths do not grow.
    private(set) var argumentDepth = 0
    /// How many undecided branches stand around the value.
    private var branchDepth = 0
    /// Conditions cannot refer to resources; what they say there is no relation.
    var isInCondition = false

    init(
        template: CloudFormationTemplate, unit: String, limits: DocumentLimits, given: [String: Tree], isOpen: Bool,
        diagnostics: UnitDiagnostics
    ) {
        self.template = template
        self.unit = unit
        self.limits = limits
        self.given = given
        self.isOpen = isOpen
        self.diagnostics = diagnostics
    }

    /// The properties of one resource and what they refer to; nil when they are to be left out.
    mutating func properties(_ tree: Tree) -> (value: Tree?, references: [TemplateReference]) {
        references = []
        path = []
        let value = resolve(tree)
        return (value, references)
    }

    /// The value, or nil for `AWS::NoValue`.
    mutating func resolve(_ tree: Tree) -> Tree? {
        guard enter(at: tree.position) else { return Tree(.unknown(.unsupported), at: tree.position) }
        defer { leave() }
        switch tree.content {
        case .null, .bool, .number, .unknown: return tree
        case .string(let text): return literal(text, at: tree.position)
        case .array(let elements):
            var result: [Tree] = []
            result.reserveCapacity(elements.count)
            for element in elements {
                if let value = resolve(element, under: .index(result.count)) { result.append(value) }
            }
            return Tree(.array(result), at: tree.position)
        case .object(let members):
            if let call = IntrinsicCall(members) { return evaluate(call, at: tree.position) }
            var result: [Tree.Member] = []
            result.reserveCapacity(members.count)
            for member in members {
                if let value = resolve(member.value, under: .key(member.key)) {
                    result.append(Tree.Member(member.key, value))
                }
            }
            return Tree(.object(result), at: tree.position)
        }
    }

    /// One level down; false, and told once, when that is too deep.
    mutating func enter(at position: SourcePosition?) -> Bool {
        guard nesting < limits.depth else {
            diagnostics.add(
                "cloudformation-too-deep", .warning,
                "functions and conditions nest deeper than the limit of \(limits.depth)", at: position, once: "")
            return false
        }
        nesting += 1
        return true
    }

    /// One level up.
    mutating func leave() { nesting -= 1 }

    private mutating func resolve(_ tree: Tree, under step: DocumentPath.Step) -> Tree? {
        guard argumentDepth == 0 else { return resolve(tree) }
        path.append(step)
        defer { path.removeLast() }
        return resolve(tree)
    }

    /// The value of a function's argument: references inside of it belong to the place of the function.
    mutating func argument(_ tree: Tree) -> Tree? { inArgument { $0.resolve(tree) } }

    /// Does something as part of a function's argument.
    mutating func inArgument(_ work: (inout IntrinsicResolver) -> Tree?) -> Tree? {
        argumentDepth += 1
        defer { argumentDepth -= 1 }
        return work(&self)
    }

    /// Resolves a branch that may or may not be taken.
    mutating func undecided(_ tree: Tree) -> Tree? {
        branchDepth += 1
        defer { branchDepth -= 1 }
        return resolve(tree)
    }

    /// Text as it stands; a dynamic reference to plain parameters is a value that only a deployment can tell, one to
    /// a secret store stays, since that it is one is what matters.
    func literal(_ text: String, at position: SourcePosition?) -> Tree {
        DynamicReference.readsParameter(text)
            ? Tree(.unknown(.knownAfterDeployment), at: position) : Tree(.string(text), at: position)
    }

    /// The value of `Ref` or of a name in `Fn::Sub`; nil for `AWS::NoValue`.
    mutating func reference(to name: String, at position: SourcePosition?) -> Tree? {
        if name == "AWS::NoValue" { return nil }
        if name.hasPrefix("AWS::") { return Tree(.unknown(.knownAfterDeployment), at: position) }
        if let value = parameter(name, at: position) { return charged(value, at: position) }
        return resource(name, attribute: nil, at: position)
    }

    /// The place-holder of a resource or its attribute; notes the relation.
    mutating func resource(_ name: String, attribute: String?, at position: SourcePosition?) -> Tree {
        guard template.declarations[name] != nil else {
            guard !isOpen else { return Tree(.unknown(.unsupported), at: position) }
            diagnostics.add(
                "cloudformation-reference-undefined", .warning,
                "`\(name)` is neither a parameter nor a resource of this template", at: position, once: name)
            return Tree(.unknown(.outsideThisSource), at: position)
        }
        if !isInCondition, existence(of: name) != .known(false) {
            references.append(
                TemplateReference(
                    path: DocumentPath(steps: path), target: "\(unit)#\(name)", attribute: attribute,
                    isWhole: argumentDepth == 0, isConditional: branchDepth > 0))
        }
        return Tree(.unknown(.knownAfterDeployment), at: position)
    }

    private mutating func parameter(_ name: String, at position: SourcePosition?) -> Tree? {
        if let known = parameterValues[name] { return known }
        guard let declaration = template.parameters[name] else { return nil }
        var value: Tree
        switch CloudFormationParameter.value(of: declaration, given: given[name].map(\.withoutPositions)) {
        case .value(let resolved): value = resolved
        case .malformed(let problem):
            diagnostics.add(
                "cloudformation-parameter-malformed", .warning, "parameter `\(name)` \(problem)",
                at: declaration.position, once: name)
            value = .unknown(.unparsable)
        }
        if let text = value.stringValue { value = literal(text, at: value.position) }
        if let elements = value.elements {
            value.content = .array(
                elements.map { element in element.stringValue.map { literal($0, at: element.position) } ?? element })
        }
        parameterValues[name] = value
        return value
    }

    /// A value that stands elsewhere in the file, put here; keeps its own position.
    mutating func charged(_ value: Tree, at position: SourcePosition?) -> Tree {
        expansion += value.expansionCost
        guard expansion <= Self.expansionLimit else {
            diagnostics.add(
                "cloudformation-expansion-too-large", .warning,
                "what substitution adds is larger than the limit of \(Self.expansionLimit) bytes", at: position,
                once: "unit")
            return Tree(.unknown(.unsupported), at: position)
        }
        var value = value
        if value.position == nil || value.isUnknown { value.position = position }
        return value
    }

    /// An unknown value in place of a call that breaks the rules of its function.
    mutating func malformed(_ name: String, _ problem: String, at position: SourcePosition?) -> Tree {
        diagnostics.add(
            "cloudformation-function-malformed", .warning, "`\(name)` \(problem)", at: position)
        return Tree(.unknown(.unparsable), at: position)
    }

    /// An unknown value in place of a call that is not followed; told once a function and file.
    mutating func unsupported(_ name: String, at position: SourcePosition?) -> Tree {
        diagnostics.add(
            "cloudformation-function-unsupported", .warning, "`\(name)` is not resolved; its value is unknown",
            at: position, once: name)
        return Tree(.unknown(.unsupported), at: position)
    }
}

extension Tree {
    /// The same value without positions: it comes from another text.
    fileprivate var withoutPositions: Tree {
        switch content {
        case .array(let elements): Tree(.array(elements.map(\.withoutPositions)))
        case .object(let members): Tree(.object(members.map { Member($0.key, $0.value.withoutPositions) }))
        default: Tree(content)
        }
    }
}
