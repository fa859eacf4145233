import AssayCore
import AssayExpressions

/// Asks the general evaluator for the atoms of one value, of which it makes the smallest document that holds it.
struct SlotResolver: Sendable {
    /// What stands at a path.
    enum State: Sendable {
        /// Nothing; so many of the path's keys lead into objects.
        case absent(depth: Int)
        /// The bytes of a JSON value.
        case value([UInt8])
    }

    /// What a register stands for.
    enum Atom: Sendable {
        case value(SlotAtom)
        case fold(SlotFold)

        var atom: SlotAtom {
            switch self {
            case .value(let atom): atom
            case .fold(let fold): fold.whole
            }
        }
    }

    /// The values of one atom or more, with what stands at each path.
    struct Reading {
        var path: SlotPath
        var state: State
    }

    /// Registers for the atoms: 0 undecided, 1 true, 2 false; all undecided when a value is no JSON.
    static func codes(_ atoms: [Atom], _ readings: [Reading], leavesFolds: Bool = false) -> [UInt8] {
        guard let inputs = Inputs(readings) else { return Array(repeating: 0, count: atoms.count) }
        return atoms.map { atom in
            if leavesFolds, case .fold = atom { return 0 }
            let truth = atom.atom.evaluate(
                variables: inputs.variables, element: inputs.element, apiVersion: inputs.apiVersion)
            return truth.map { $0 ? 1 : 2 } ?? 0
        }
    }

    /// Values of variables that hold what was read and nothing else.
    private struct Inputs {
        var variables: [String: Value] = [:]
        var element: Value?
        var apiVersion: String?

        init?(_ readings: [Reading]) {
            var resource: Tree?
            var inner: Tree?
            var meta: Meta?
            for reading in readings {
                var found: Tree?
                if case .value(let bytes) = reading.state {
                    guard let document = try? JSONReader.read(bytes) else { return nil }
                    found = Tree(document.root)
                }
                let fields = reading.path.fields[...]
                switch reading.path.root {
                case .element:
                    var tree = inner ?? Tree(.object([]))
                    Self.insert(&tree, fields, found, reading.state)
                    inner = tree
                case .variable("meta"):
                    var known = meta ?? Meta()
                    guard known.take(fields, found) else { return nil }
                    meta = known
                case .variable:
                    var tree = resource ?? Tree(.object([]))
                    Self.insert(&tree, fields, found, reading.state)
                    resource = tree
                }
            }
            // Only what is read is made: most atoms read one value of the body.
            if let resource { variables["resource"] = Value(Document(resource).root) }
            if let meta { variables["meta"] = meta.value }
            apiVersion = meta?.texts["apiVersion"]
            if let inner { element = Value(Document(inner).root) }
        }

        /// `meta` of a resource of which only some fields were read.
        private struct Meta {
            var texts: [String: String] = [:]
            private var tags: [(String, Value)] = []
            private var scope: [Value] = []

            mutating func take(_ fields: ArraySlice<String>, _ found: Tree?) -> Bool {
                guard let first = fields.first else { return false }
                switch first {
                case "tags":
                    if let key = fields.dropFirst().first {
                        if let text = found?.stringValue { tags.append((key, .string(text))) }
                    } else {
                        tags += (found?.members ?? []).map { ($0.key, .string($0.value.stringValue ?? "")) }
                    }
                case "scope": scope = (found?.elements ?? []).map { .string($0.stringValue ?? "") }
                default: texts[first] = found?.stringValue
                }
                return true
            }

            var value: Value {
                var members: [(String, Value)] = LineLayout.texts.map { ($0, .string(texts[$0] ?? "")) }
                members.append(("scope", .list(scope)))
                members.append(("tags", .map(MapValue(tags.sorted { $0.0 < $1.0 }))))
                return .map(MapValue(members))
            }
        }

        private static func insert(
            _ tree: inout Tree, _ fields: ArraySlice<String>, _ value: Tree?, _ state: State
        ) {
            guard let first = fields.first else {
                if let value { tree = value }
                return
            }
            if case .absent(let depth) = state, depth <= 0 { return }
            var child = tree[first] ?? Tree(.object([]))
            var rest = state
            if case .absent(let depth) = state { rest = .absent(depth: depth - 1) }
            insert(&child, fields.dropFirst(), value, rest)
            tree[first] = child
        }
    }
}
