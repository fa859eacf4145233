import AssayCore

/// A network security group: rules in order of priority, closed by the platform's own.
struct PacketFilter {
    let id: String
    let rules: [PacketRule]

    /// The group's rules, or why they cannot be told.
    static func read(_ group: Resource) -> Result<PacketFilter, PacketRule.Unusable> {
        let listed = group.body.read("properties", "securityRules")
        if let reason = listed.hiddenReason { return .failure(PacketRule.Unusable(reason: reason)) }
        var rules = PacketRule.defaults
        for node in listed.elements {
            do throws(PacketRule.Unusable) {
                if let rule = try PacketRule(node, of: group.id) { rules.append(rule) }
            } catch {
                return .failure(error)
            }
        }
        return .success(PacketFilter(id: group.id, rules: rules))
    }

    init(id: String, rules: [PacketRule]) {
        self.id = id
        var sorted = rules.sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }
        // Azure refuses two rules of one priority; where a file has them their order is not defined.
        var start = 0
        while start < sorted.count {
            var end = start
            while end < sorted.count, sorted[end].priority == sorted[start].priority { end += 1 }
            let sides = Set(sorted[start..<end].map(\.isAllow))
            if sides.count > 1 { for place in start..<end { sorted[place].isContested = true } }
            start = end
        }
        self.rules = sorted
    }
}
