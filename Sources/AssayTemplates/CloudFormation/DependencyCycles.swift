/// Finds resources that depend on each other in a circle, which CloudFormation refuses to deploy.
enum DependencyCycles {
    /// The groups of names that reach each other, each in the order of `names`; a name that names itself is one.
    ///
    /// Tarjan's algorithm with its stack on the heap, so that a long chain cannot exhaust the thread's.
    static func find(names: [String], edges: [String: [String]]) -> [[String]] {
        let numbers = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        let targets = names.map { name in (edges[name] ?? []).compactMap { numbers[$0] } }
        var order = [Int?](repeating: nil, count: names.count)
        var low = [Int](repeating: 0, count: names.count)
        var isOpen = [Bool](repeating: false, count: names.count)
        var open: [Int] = []
        var next = 0
        var groups: [[Int]] = []
        for root in names.indices where order[root] == nil {
            var work: [(node: Int, edge: Int)] = [(root, 0)]
            while let (node, edge) = work.last {
                if edge == 0, order[node] == nil {
                    order[node] = next
                    low[node] = next
                    next += 1
                    open.append(node)
                    isOpen[node] = true
                }
                if edge < targets[node].count {
                    work[work.count - 1].edge += 1
                    let target = targets[node][edge]
                    if let seen = order[target] {
                        if isOpen[target] { low[node] = min(low[node], seen) }
                    } else {
                        work.append((target, 0))
                    }
                    continue
                }
                work.removeLast()
                if let caller = work.last { low[caller.node] = min(low[caller.node], low[node]) }
                guard low[node] == order[node] else { continue }
                var group: [Int] = []
                while let member = open.popLast() {
                    isOpen[member] = false
                    group.append(member)
                    if member == node { break }
                }
                if group.count > 1 || targets[node].contains(node) { groups.append(group.sorted()) }
            }
        }
        return groups.sorted { $0[0] < $1[0] }.map { $0.map { names[$0] } }
    }
}
