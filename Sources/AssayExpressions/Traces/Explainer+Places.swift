internal import AssayCore

extension Explainer {
    /// Where a value stands: its path from a variable on, and its document node or the nearest one above it.
    struct Place {
        let path: String
        let node: DocumentNode?
        /// The name of the default table that may stand in for it.
        var table = ""
        /// True when `node` is the value itself and not an ancestor.
        var isExact = false
    }

    /// An element of a list or an entry of a map, with its place where it has one.
    struct Element {
        let key: Value
        let value: Value
        let place: Place?
        let isListElement: Bool
        /// Why it is not certain that the entry is there.
        var doubt: UnknownCauses?
    }

    /// The place that an expression names, or the first one that it reads; nil when it reads no variable.
    mutating func place(of id: NodeID) -> Place? {
        let node = program[id]
        switch node.operation {
        case .variable:
            let value = evaluator.value(id)
            return Place(path: program.variables[Int(node.a)], node: value.documentNode, isExact: true)
        case .local: return places[Int(node.a)]
        case .select, .has:
            return below(place(of: node.a), .key(program.name(node.b)), value: evaluator.value(id))
        case .index:
            switch evaluator.value(node.b) {
            case .int(let position): return below(place(of: node.a), .index(Int(position)), value: evaluator.value(id))
            case .string(let key): return below(place(of: node.a), .key(key), value: evaluator.value(id))
            default: return place(of: node.a)
            }
        case .defaulted:
            guard var found = place(of: node.a) else { return nil }
            found.table = program.constants[Int(node.b)].string ?? ""
            return found
        default:
            for child in program.children(id) {
                if let found = place(of: child) { return found }
            }
            return nil
        }
    }

    private func below(_ place: Place?, _ step: DocumentPath.Step, value: Value) -> Place? {
        guard let place else { return nil }
        let suffix = DocumentPath(steps: [step]).description
        let path = place.path + (suffix.hasPrefix("[") ? suffix : "." + suffix)
        var found: DocumentNode?
        if place.isExact, let parent = place.node {
            switch step {
            case .key(let key): found = parent[key]
            case .index(let position): found = parent[position]
            }
        }
        found = found ?? value.documentNode
        return Place(path: path, node: found ?? place.node, table: place.table, isExact: found != nil)
    }

    /// What a macro walks, each element with its place; nil when the value cannot be walked.
    mutating func elements(of id: NodeID, _ range: Value) -> [Element]? {
        let node = program[id]
        if node.operation == .filter, let kept = filtered(node) { return kept }
        let place = place(of: id)
        let isNamed = [.variable, .local, .select, .index, .defaulted, .optionalOrValue].contains(node.operation)
        if range.listView != nil {
            let nodes = place?.isExact == true && place?.node?.kind == .array ? place?.node : nil
            var nodeIterator = nodes?.elements.makeIterator()
            return (range.listElements ?? []).enumerated().map { position, element in
                let found = nodeIterator?.next() ?? element.documentNode
                let elementPlace =
                    isNamed
                    ? place.map {
                        Place(path: "\($0.path)[\(position)]", node: found ?? $0.node, isExact: found != nil)
                    } : found.map { Place(path: $0.path, node: $0, isExact: true) }
                return Element(
                    key: .int(Int64(position)), value: element, place: elementPlace, isListElement: true)
            }
        }
        guard let view = range.mapView else { return nil }
        return view.entries.map { entry in
            var doubt: UnknownCauses?
            if view.missingMembers != nil, case .unknown(let causes) = entry.value { doubt = causes }
            let step: DocumentPath.Step = .key(entry.key.string ?? entry.key.rendered(limit: 80))
            return Element(
                key: entry.key, value: entry.value,
                place: isNamed ? below(place, step, value: entry.value) : nil, isListElement: false, doubt: doubt)
        }
    }

    /// The elements that `filter` keeps, which stand where they stood before; nil when some are not certain.
    private mutating func filtered(_ node: ConditionNode) -> [Element]? {
        let inner = evaluator.value(node.a)
        guard inner.listView?.openness == nil, let candidates = elements(of: node.a, inner) else { return nil }
        var kept: [Element] = []
        for candidate in candidates {
            bind(node, candidate)
            guard candidate.doubt == nil, case .bool(let flag) = evaluator.value(node.c) else { return nil }
            if flag {
                kept.append(
                    Element(
                        key: .int(Int64(kept.count)), value: candidate.isListElement ? candidate.value : candidate.key,
                        place: candidate.place, isListElement: true))
            }
        }
        return kept
    }
}

extension Value {
    /// The node of a container that is read in place, or of one inside an optional.
    var documentNode: DocumentNode? {
        switch self {
        case .document(let node): node
        case .optional(let optional): optional.value?.documentNode
        default: nil
        }
    }
}

extension Program {
    /// The nodes directly below a node, in source order.
    func children(_ id: NodeID) -> [NodeID] {
        let node = self[id]
        switch node.operation {
        case .constant, .variable, .local: return []
        case .select, .has, .not, .negate, .matches, .defaulted: return [node.a]
        case .list, .and, .or: return operands(node.a, node.b).map { $0 < 0 ? ~$0 : $0 }
        case .map: return operands(node.a, node.b * 2).map { $0 < 0 ? ~$0 : $0 }
        case .call: return Array(operands(node.b, node.c))
        case .conditional: return [node.a, node.b, node.c]
        case .all, .exists, .existsOne, .filter, .mapList, .mapEntries, .mergeEntries:
            return [node.a, node.c, node.d].filter { $0 >= 0 }
        case .bind: return [node.b, node.c]
        case .block: return operands(node.b, node.c) + [node.d]
        case .optionalMap: return [node.a, node.c]
        default: return [node.a, node.b]
        }
    }
}
