import AssayCore

/// Makes one body of what several documents say of a resource.
///
/// A value beats an unknown, a present member beats an absent one. Within one file the later document wins, since
/// its records are in order. Two files that differ in a value make it unknown: nothing says which is newer.
struct TreeMerge {
    /// True when the second document may overwrite the first.
    let isOrdered: Bool
    /// True for Azure, whose ids and names arrive in any case.
    let ignoresCase: Bool
    /// Where the documents differ.
    private(set) var conflicts: [DocumentPath] = []

    init(isOrdered: Bool, ignoresCase: Bool) {
        self.isOrdered = isOrdered
        self.ignoresCase = ignoresCase
    }

    /// The merged value.
    mutating func merged(_ first: Tree, _ second: Tree, at path: DocumentPath = DocumentPath()) -> Tree {
        switch (first.content, second.content) {
        case (.unknown(let reason), .unknown(let other)):
            // The more telling reason stays.
            return reason == .notCollected ? Tree(.unknown(other), at: second.position) : first
        case (.unknown, _): return second
        case (_, .unknown): return first
        case (.object(var members), .object(let others)):
            if first.isRedacted || second.isRedacted { break }
            for other in others {
                guard let index = members.firstIndex(where: { $0.key == other.key }) else {
                    members.append(other)
                    continue
                }
                members[index].value = merged(members[index].value, other.value, at: path.appending(.key(other.key)))
            }
            return Tree(.object(members), at: first.position)
        case (.array(let elements), .array(let others)) where !isOrdered && elements.count == others.count:
            var kept: [Tree] = []
            for (index, pair) in zip(elements, others).enumerated() {
                kept.append(merged(pair.0, pair.1, at: path.appending(.index(index))))
            }
            return Tree(.array(kept), at: first.position)
        default: break
        }
        if first.sameValue(as: second) || isSameName(first, second, at: path) { return first }
        if isOrdered { return second }
        conflicts.append(path)
        return Tree(.unknown(.failed), at: second.position)
    }

    /// Members of an ARM resource's envelope, and ids anywhere, are names.
    private func isSameName(_ first: Tree, _ second: Tree, at path: DocumentPath) -> Bool {
        guard ignoresCase, let mine = first.stringValue, let other = second.stringValue else { return false }
        return (path.steps.count == 1 || mine.hasPrefix("/")) && mine.lowercased() == other.lowercased()
    }
}

extension Tree {
    /// Equal but for positions.
    func sameValue(as other: Tree) -> Bool {
        switch (content, other.content) {
        case (.array(let mine), .array(let others)):
            mine.count == others.count && zip(mine, others).allSatisfy { $0.sameValue(as: $1) }
        case (.object(let mine), .object(let others)):
            mine.count == others.count
                && mine.allSatisfy { member in other[member.key].map { member.value.sameValue(as: $0) } ?? false }
        default: content == other.content
        }
    }
}
