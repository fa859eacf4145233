import AssayCore

/// Which resources of one type name others at one path: built once, asked once a judged resource.
struct AttachmentIndex {
    struct Key: Hashable {
        let type: String
        let path: String
    }

    /// A resource whose value at the path is not known; `target` when a file declares where it may point.
    struct Uncertain {
        let candidate: Int
        let target: String?
        let reason: UnknownReason?
    }

    /// By the written name in lower case.
    private(set) var byName: [String: [(candidate: Int, written: String)]] = [:]
    /// By the id of a declared target.
    private(set) var byTarget: [String: [Int]] = [:]
    private(set) var uncertain: [Uncertain] = []

    init(path: String, candidates: [Int], resources: [Resource], declared: DeclaredReferences) {
        let pattern = PathPattern(path)
        for candidate in candidates {
            let resource = resources[candidate]
            for node in pattern.values(in: resource.body) {
                if node.kind == .unknown {
                    let targets = (declared.references[resource.id] ?? []).filter { $0.path == node.documentPath }
                    for target in targets where !target.isConditional {
                        byTarget[target.target, default: []].append(candidate)
                    }
                    for target in targets where target.isConditional {
                        uncertain.append(
                            Uncertain(candidate: candidate, target: target.target, reason: node.unknownReason))
                    }
                    if targets.isEmpty {
                        uncertain.append(Uncertain(candidate: candidate, target: nil, reason: node.unknownReason))
                    }
                } else if let text = node.string {
                    byName[text.lowercased(), default: []].append((candidate, text))
                }
            }
        }
    }
}
