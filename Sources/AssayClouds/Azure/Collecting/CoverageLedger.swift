import AssayCore

/// Gathers what became of every unit and says it as coverage: one record for a collection in a subscription where all
/// of it was read, one for each place where it was not.
actor CoverageLedger {
    /// What became of one unit.
    struct Unit: Sendable {
        let type: String
        /// The type that it hangs on; nil below a subscription, a management group or the tenant.
        let parentType: String?
        /// Where: the parent's id, or the scope.
        let place: String
        /// The subscription or tenant that it lies in, lower-cased.
        let area: String
        let state: Coverage.State
        let count: Int?
        let pages: Int?
        let call: String
        var code: String?
        var message: String?
        let at: String
    }

    private var units: [Unit] = []
    private let isDirectOnly: @Sendable (String) -> Bool

    init(isDirectOnly: @escaping @Sendable (String) -> Bool) {
        self.isDirectOnly = isDirectOnly
    }

    func add(_ unit: Unit) { units.append(unit) }

    /// How many resources of a type an area was found to hold by its own list; nil when that was not read whole.
    func count(of type: String, in area: String) -> Int? {
        let own = units.filter { $0.area == area && $0.parentType == nil && $0.type.lowercased() == type.lowercased() }
        guard !own.isEmpty, own.allSatisfy({ $0.state == .read }) else { return nil }
        return own.reduce(0) { $0 + ($1.count ?? 0) }
    }

    /// The coverage of everything, sorted.
    ///
    /// - Parameters:
    ///   - table: says which types hang on which.
    ///   - areas: the subscriptions that were asked for.
    ///   - tenant: the tenant's scope.
    ///   - isComplete: true when the subscriptions are all that the tenant has.
    func records(table: CollectionTable, areas: [String], tenant: String, isComplete: Bool) -> [Coverage] {
        var records: [Coverage] = []
        var known: [String: Bool] = [:]
        // Units end in any order.
        let byType = Dictionary(grouping: units.sorted { ($0.place, $0.call) < ($1.place, $1.call) }) {
            $0.type.lowercased()
        }
        let allAreas = areas + [tenant]

        /// Whether everything of a type in an area was read; parents are looked at first.
        func isKnown(_ type: String, _ area: String, _ depth: Int = 0) -> Bool {
            let key = "\(type)|\(area)"
            if let answer = known[key] { return answer }
            guard depth < 16 else { return false }
            let own = (byType[type] ?? []).filter { $0.area == area }
            let entries = table.entries.filter { $0.type.lowercased() == type }
            var answer = !entries.isEmpty && own.allSatisfy { $0.state == .read }
            var isAsked = !own.isEmpty
            for entry in entries {
                guard case .resources(let parents) = entry.owner else { continue }
                for parent in parents where parent.lowercased() != type {
                    let isParentKnown = isKnown(parent.lowercased(), area, depth + 1)
                    answer = answer && isParentKnown
                    isAsked = isAsked || isParentKnown
                }
            }
            answer = answer && isAsked
            known[key] = answer
            return answer
        }

        /// A list of what hangs on its own parent says nothing of what lies deeper, where something of the type can.
        func isDirect(_ type: String) -> Bool {
            isDirectOnly(type)
                && table.entries.contains { entry in
                    if case .resources = entry.owner { entry.type.lowercased() == type } else { false }
                }
        }

        for (type, units) in byType {
            let isDirect = isDirect(type)
            for unit in units where isDirect || unit.parentType == nil || unit.state != .read {
                records.append(record(unit, isDirect: isDirect))
            }
        }
        for type in Set(table.entries.map { $0.type.lowercased() }) {
            let isDirect = isDirect(type)
            let entries = table.entries.filter { $0.type.lowercased() == type }
            guard let spelling = entries.first?.type else { continue }
            let hangsOnResources = entries.contains { if case .resources = $0.owner { true } else { false } }
            for area in allAreas {
                let own = (byType[type] ?? []).filter { $0.area == area && $0.parentType != nil }
                if hangsOnResources, isKnown(type, area) {
                    records.append(
                        Coverage(
                            collection: spelling, scope: area, state: .read,
                            count: own.reduce(0) { $0 + ($1.count ?? 0) },
                            pages: own.reduce(0) { $0 + ($1.pages ?? 1) }, call: own.first?.call,
                            at: own.map(\.at).min()))
                } else if !isDirect {
                    for unit in own where unit.state == .read { records.append(record(unit, isDirect: false)) }
                    records += unseen(entries, area, byType)
                }
            }
            // All subscriptions read is the tenant read, where these are all that it has.
            if isComplete, !areas.isEmpty, areas.allSatisfy({ isKnown(type, $0) }), !isKnown(type, tenant),
                byType[type]?.contains(where: { $0.area == tenant }) != true
            {
                let own = (byType[type] ?? []).filter { areas.contains($0.area) }
                records.append(
                    Coverage(
                        collection: spelling, scope: tenant, state: .read,
                        count: own.reduce(0) { $0 + ($1.count ?? 0) },
                        call: own.first?.call, at: own.map(\.at).min()))
            }
        }
        return Set(records).sorted {
            ($0.collection, $0.scope, $0.state.rawValue, $0.call ?? "", $0.code ?? "") < (
                $1.collection, $1.scope, $1.state.rawValue, $1.call ?? "", $1.code ?? ""
            )
        }
    }

    /// Where a parent could not be listed nothing is known of what hangs on it.
    private func unseen(_ entries: [CollectionEntry], _ area: String, _ byType: [String: [Unit]]) -> [Coverage] {
        var records: [Coverage] = []
        for entry in entries {
            guard case .resources(let parents) = entry.owner else { continue }
            for parent in parents {
                let failed = (byType[parent.lowercased()] ?? []).filter { $0.area == area && $0.state != .read }
                for unit in failed {
                    records.append(
                        Coverage(
                            collection: entry.type, scope: unit.parentType == nil ? area : unit.place.lowercased(),
                            state: unit.state, call: unit.call, code: unit.code,
                            message: "not asked: \(parent) could not be listed", at: unit.at))
                }
            }
        }
        return records
    }

    private func record(_ unit: Unit, isDirect: Bool) -> Coverage {
        var record = Coverage(
            collection: unit.type, scope: unit.place.lowercased(), state: unit.state, count: unit.count,
            pages: unit.pages, call: unit.call, code: unit.code, message: unit.message, at: unit.at)
        record.isDirect = isDirect
        return record
    }
}
