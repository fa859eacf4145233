import AssayCore

/// A path in which `[]` stands for every element: `Listeners[].CertificateArn`.
struct PathPattern {
    private enum Step {
        case key(String)
        case each
    }

    private let steps: [Step]

    init(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".") {
            var name = part
            var depth = 0
            while name.hasSuffix("[]") {
                name = name.dropLast(2)
                depth += 1
            }
            if !name.isEmpty { steps.append(.key(String(name))) }
            for _ in 0..<depth { steps.append(.each) }
        }
        self.steps = steps
    }

    /// The values at the path, or the unknown value that hides them.
    ///
    /// A list at the end gives its elements.
    func values(in root: DocumentNode) -> [DocumentNode] {
        var current = [root]
        for step in steps {
            var next: [DocumentNode] = []
            for node in current {
                if node.kind == .unknown {
                    next.append(node)
                    continue
                }
                switch step {
                case .key(let key): if let found = node.member(ignoringCase: key) { next.append(found) }
                case .each: next += node.elements
                }
            }
            current = next
        }
        return current.flatMap { $0.kind == .array ? Array($0.elements) : [$0] }
    }
}
