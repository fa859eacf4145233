public import AssayCore
public import AssayRules

/// Carries findings from one scan to the next: a pure function of the records before and the verdicts now.
///
/// An unknown verdict neither opens nor closes anything. A resource that is gone resolves its findings only when its
/// collection is known; from a collection that was not looked at, absence says nothing.
public enum FindingLedger {
    /// The records after a scan and what changed.
    public struct Outcome: Sendable {
        /// Every finding that is kept, resolved ones included, by (resource, rule, profile).
        public let records: [FindingRecord]
        /// Only what this scan changed, in the same order; empty when nothing did.
        public let transitions: [FindingTransition]

        /// An outcome as a scan has it, to be kept in one transaction.
        public init(records: [FindingRecord], transitions: [FindingTransition]) {
            self.records = records
            self.transitions = transitions
        }
    }

    /// Applies a scan.
    ///
    /// - Parameters:
    ///   - records: what is kept so far.
    ///   - verdicts: all verdicts of the scan.
    ///   - rules: the rules that were asked, for their earlier names.
    ///   - isKnown: whether the type's collection is known around this resource id now.
    ///   - at: when the scan looked, RFC 3339.
    public static func apply(
        _ records: [FindingRecord], verdicts: [Verdict], rules: [Rule],
        isKnown: (_ type: String, _ id: String) -> Bool, at: String
    ) -> Outcome {
        var current: [FindingKey: FindingRecord] = [:]
        let renamed = renames(rules)
        for record in records {
            var record = record
            if let name = renamed[record.key.rule] {
                record.key = FindingKey(rule: name, resource: record.key.resource, profile: record.key.profile)
            }
            current[record.key] = record
        }
        var transitions: [FindingTransition] = []
        let byKey = Dictionary(verdicts.map { (FindingKey($0), $0) }) { first, _ in first }
        let present = Set(verdicts.map(\.resource.id))
        let asked = Set(rules.map(\.id))
        let moves = moves(current, verdicts: byKey, present: present, isKnown: isKnown)
        for (old, new) in moves {
            guard var record = current.removeValue(forKey: old) else { continue }
            record.key = new
            current[new] = record
            transitions.append(FindingTransition(kind: .moved, key: new, formerKey: old))
        }
        for (key, verdict) in byKey {
            update(&current, key, verdict, at: at, transitions: &transitions)
        }
        for (key, record) in current
        where record.isStanding && byKey[key] == nil && asked.contains(key.rule) && !present.contains(key.resource)
            && isKnown(record.resourceType, key.resource)
        {
            resolve(&current, key, "removed", at: at, transitions: &transitions)
        }
        return Outcome(
            records: current.values.sorted { order($0.key) < order($1.key) },
            transitions: transitions.sorted { order($0.key) < order($1.key) })
    }

    private static func order(_ key: FindingKey) -> (String, String, String) { (key.resource, key.rule, key.profile) }

    private static func renames(_ rules: [Rule]) -> [String: String] {
        var renames: [String: String] = [:]
        for rule in rules { for name in rule.formerly { renames[name] = rule.id } }
        return renames
    }

    private static func update(
        _ current: inout [FindingKey: FindingRecord], _ key: FindingKey, _ verdict: Verdict, at: String,
        transitions: inout [FindingTransition]
    ) {
        switch verdict.state {
        case .fail:
            guard var record = current[key] else {
                current[key] = FindingRecord(
                    key: key, resourceType: verdict.resource.type, resourceName: verdict.resource.name, state: .open,
                    firstSeen: at, lastSeen: at)
                transitions.append(FindingTransition(kind: .opened, key: key))
                return
            }
            if !record.isStanding {
                record.state = .open
                record.reopened += 1
                record.resolvedAt = nil
                record.resolution = nil
                transitions.append(FindingTransition(kind: .reopened, key: key))
            }
            record.lastSeen = max(record.lastSeen, at)
            current[key] = record
        case .pass where current[key]?.isStanding == true:
            resolve(&current, key, "fixed", at: at, transitions: &transitions)
        case .notApplicable where current[key]?.isStanding == true:
            resolve(&current, key, "notApplicable", at: at, transitions: &transitions)
        case .pass, .notApplicable, .unknown, .manual: return
        }
    }

    private static func resolve(
        _ current: inout [FindingKey: FindingRecord], _ key: FindingKey, _ resolution: String, at: String,
        transitions: inout [FindingTransition]
    ) {
        current[key]?.state = .resolved
        current[key]?.resolvedAt = at
        current[key]?.resolution = resolution
        transitions.append(FindingTransition(kind: .resolved, key: key, resolution: resolution))
    }

    /// A standing finding whose resource is gone, and a new failure of the same rule on a resource of the same type
    /// and name, are one finding that moved, when each is the only candidate for the other and it is known that the
    /// first is gone.
    private static func moves(
        _ current: [FindingKey: FindingRecord], verdicts: [FindingKey: Verdict], present: Set<String>,
        isKnown: (_ type: String, _ id: String) -> Bool
    ) -> [(FindingKey, FindingKey)] {
        func signature(_ key: FindingKey, _ type: String, _ name: String) -> [String] {
            [key.rule, key.profile, type.lowercased(), name.lowercased()]
        }
        var gone: [[String]: [FindingKey]] = [:]
        for (key, record) in current
        where record.isStanding && !present.contains(key.resource) && isKnown(record.resourceType, key.resource) {
            gone[signature(key, record.resourceType, record.resourceName), default: []].append(key)
        }
        guard !gone.isEmpty else { return [] }
        var new: [[String]: [FindingKey]] = [:]
        for (key, verdict) in verdicts where verdict.state == .fail && current[key] == nil {
            new[signature(key, verdict.resource.type, verdict.resource.name), default: []].append(key)
        }
        return gone.compactMap { signature, keys in
            guard keys.count == 1, let targets = new[signature], targets.count == 1 else { return nil }
            return (keys[0], targets[0])
        }
    }
}
