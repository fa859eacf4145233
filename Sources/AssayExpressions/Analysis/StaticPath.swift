/// A path that an expression reads, as far as its text alone can tell.
public struct StaticPath: Sendable, Hashable {
    /// One step down from the variable.
    public enum Step: Sendable, Hashable {
        case field(String)
        case index(Int)
        /// Any element of a list or entry of a map.
        case each
    }

    /// The variable that the path starts from.
    public let variable: String
    /// The steps down from it; empty for the variable itself.
    public let steps: [Step]
    /// True when the expression is prepared for the path to be absent: `has`, `.?`, `[?…]` or `default`.
    public let isOptional: Bool
}

extension StaticPath: CustomStringConvertible {
    /// `resource.properties.rules[].name`; `[0]` for a constant index, quoted keys where they are not plain names.
    public var description: String {
        steps.reduce(into: variable) { text, step in
            switch step {
            case .each: text += "[]"
            case .index(let position): text += "[\(position)]"
            case .field(let name):
                let isPlain = name.utf8.allSatisfy { Lexer.isIdentifierPart($0) || $0 == UInt8(ascii: "-") }
                text += isPlain && !name.isEmpty ? ".\(name)" : "[\(Value.string(name).rendered())]"
            }
        }
    }
}

extension Condition {
    /// The longest paths that the condition reads, in the order of its text, each once.
    public var paths: [StaticPath] {
        var finder = PathFinder(program)
        finder.visit(program.root)
        return finder.paths
    }
}

/// Collects the paths of a program by following selections, and macro variables to what they walk.
private struct PathFinder {
    private struct Origin {
        var variable: String
        var steps: [StaticPath.Step]
        var isOptional: Bool
    }

    private let program: Program
    private var locals: [Int32: Origin] = [:]
    private(set) var paths: [StaticPath] = []

    init(_ program: Program) {
        self.program = program
    }

    mutating func visit(_ id: NodeID, isOptional: Bool = false) {
        if let origin = origin(id, isOptional) {
            let path = StaticPath(variable: origin.variable, steps: origin.steps, isOptional: origin.isOptional)
            if !paths.contains(path) { paths.append(path) }
            return
        }
        let node = program[id]
        switch node.operation {
        case .all, .exists, .existsOne, .filter, .mapList, .mapEntries, .mergeEntries:
            visit(node.a)
            let element = elementOrigin(node.a)
            locals[node.b] = node.flag ? nil : element
            if node.flag { locals[node.b + 1] = element }
            if node.c >= 0 { visit(node.c) }
            if node.d >= 0 { visit(node.d) }
        case .bind:
            visit(node.b)
            locals[node.a] = origin(node.b, false)
            visit(node.c)
        case .block:
            for (position, slot) in program.operands(node.b, node.c).enumerated() {
                visit(slot)
                locals[node.a + Int32(position)] = origin(slot, false)
            }
            visit(node.d)
        case .optionalMap:
            visit(node.a)
            locals[node.b] = origin(node.a, false)
            visit(node.c)
        case .defaulted: visit(node.a, isOptional: true)
        case .select, .has, .index:
            // The operand is no plain path; what it reads still counts.
            for child in program.children(id) { visit(child) }
        case .local: break
        default: for child in program.children(id) { visit(child) }
        }
    }

    /// The path of the elements that a macro walks over.
    private mutating func elementOrigin(_ id: NodeID) -> Origin? {
        if program[id].operation == .filter { return elementOrigin(program[id].a) }
        guard var origin = origin(id, false) else { return nil }
        origin.steps.append(.each)
        return origin
    }

    /// The path that a node spells; visits keys that are expressions of their own.
    private mutating func origin(_ id: NodeID, _ isOptional: Bool) -> Origin? {
        let node = program[id]
        switch node.operation {
        case .variable: return Origin(variable: program.variables[Int(node.a)], steps: [], isOptional: isOptional)
        case .local: return locals[node.a]
        case .optionalOrValue:
            guard let found = origin(node.a, true) else { return nil }
            visit(node.b)
            return found
        case .defaulted: return origin(node.a, true)
        case .select, .has:
            guard var found = origin(node.a, isOptional) else { return nil }
            found.steps.append(.field(program.name(node.b)))
            found.isOptional = found.isOptional || isOptional || node.flag || node.operation == .has
            return found
        case .index:
            guard var found = origin(node.a, isOptional) else { return nil }
            found.isOptional = found.isOptional || isOptional || node.flag
            if program[node.b].operation == .constant {
                switch program.constants[Int(program[node.b].a)] {
                case .string(let key): found.steps.append(.field(key))
                case .int(let position): found.steps.append(Int(exactly: position).map { .index($0) } ?? .each)
                default: found.steps.append(.each)
                }
            } else {
                visit(node.b)
                found.steps.append(.each)
            }
            return found
        default: return nil
        }
    }
}
