import AssayCore
import AssayExpressions

extension BulkProgram {
    /// Words of codes for the atoms of a slot whose value has these bytes.
    func codes(slot index: Int32, _ value: [UInt8]) -> [UInt64] {
        let slot = slots[Int(index)]
        let isContainer = value.first == UInt8(ascii: "[") || value.first == UInt8(ascii: "{")
        let codes = SlotResolver.codes(
            slot.atoms, [.init(path: slot.path, state: .value(value))], leavesFolds: isContainer)
        return TableLayout.words(codes, Int(tables.slots[Int(index)].words))
    }

    /// Words of codes for the atoms of a group whose values are in these states.
    func codes(group index: Int, _ states: [SlotResolver.State]) -> [UInt64] {
        let group = groups[index]
        let readings = zip(group.slots, states).map { slot, state in
            let info = slots[slot]
            var state = state
            if case .absent(let depth) = state {
                state = .absent(depth: max(0, depth - (info.keys.count - info.path.fields.count)))
            }
            return SlotResolver.Reading(path: info.path, state: state)
        }
        let codes = SlotResolver.codes(group.atoms, readings)
        return TableLayout.words(codes, Int(tables.groups[index].words))
    }

    /// The text of a JSON string.
    func decoded(_ written: [UInt8]) -> [UInt8]? {
        (try? JSONReader.read(written))?.root.string.map { Array($0.utf8) }
    }

    /// The elements of a JSON list of strings; nil when it is none.
    func texts(_ list: [UInt8]) -> [String]? {
        guard let document = try? JSONReader.read(list), document.root.kind == .array else { return nil }
        let texts = document.root.elements.compactMap(\.string)
        return texts.count == document.root.count ? texts : nil
    }

    /// The members of a JSON object of strings; nil when it is none.
    static func tags(_ object: [UInt8]) -> [String: String]? {
        guard let document = try? JSONReader.read(object), document.root.kind == .object else { return nil }
        var tags: [String: String] = [:]
        for member in document.root.members {
            guard let text = member.value.string else { return nil }
            tags[member.key] = text
        }
        return tags
    }

    /// The slots whose values a sealed line's list of unknown paths makes uncertain: those at, above and below each
    /// path, whole lists where a path leads through one; all when the list cannot be read.
    func slots(touchedBy list: [UInt8], of type: Int32) -> [Int32] {
        let scope = tables.scopes[Int(tables.types[Int(type)].scope)]
        let below = tables.nodes[Int(scope.root)]
        let all = Array(tables.below[Int(below.below)..<Int(below.below + below.belowCount)])
        guard let document = try? JSONReader.read(list) else { return all }
        var prefixes: [[String]] = []
        for entry in document.root.elements {
            guard let path = entry["path"]?.string.flatMap({ DocumentPath($0) }) else { return all }
            var keys: [String] = []
            for step in path.steps {
                guard case .key(let key) = step else { break }
                keys.append(key)
            }
            prefixes.append(keys)
        }
        return all.filter { index in
            let info = slots[Int(index)]
            guard info.path.root == .variable("resource") else { return false }
            return prefixes.contains { $0.starts(with: info.path.fields) || info.path.fields.starts(with: $0) }
        }
    }
}
