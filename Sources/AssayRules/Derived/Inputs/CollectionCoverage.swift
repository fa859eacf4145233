import AssayCore

/// What was looked at, by collection and scope: answers in the logarithm of the records.
struct CollectionCoverage {
    /// Why something of a collection may be missing in a place.
    struct Gap: Hashable {
        let reason: UnknownReason
        /// True when the tenant has no licence for the service, so that there is nothing to collect.
        let isUnlicensed: Bool
    }

    private struct Records {
        var byScope: [String: [Coverage]] = [:]
        var scopes: [String] = []
        /// True when some record holds only for what hangs on its scope; those alone then say what hangs on a resource.
        var hasDirect = false
    }

    private let records: [String: Records]

    init(_ coverage: [Coverage]) {
        var records: [String: Records] = [:]
        for record in coverage {
            let scope = record.scope.lowercased()
            records[record.collection.lowercased(), default: Records()].byScope[scope, default: []].append(record)
            if record.isDirect { records[record.collection.lowercased()]?.hasDirect = true }
        }
        self.records = records.mapValues { found in
            var found = found
            found.scopes = found.byScope.keys.sorted()
            return found
        }
    }

    /// Why elements of the collection may be missing around an id; nil when it is known there.
    ///
    /// - Parameter scopes: enclosing scopes that the id does not show, such as its tenant or file unit.
    func gap(_ collection: String, around id: String, scopes: [String]) -> Gap? {
        var enclosing: Set<String> = [""]
        for scope in scopes + [id] { enclosing.formUnion(Self.prefixes(of: scope.lowercased())) }
        var isCovered = false
        var found: Gap?
        for table in [records[collection.lowercased()], records["*"]].compactMap(\.self) {
            for scope in enclosing {
                // What hangs on a scope alone says nothing of what lies below it.
                let here = (table.byScope[scope] ?? []).filter { record in
                    if record.isDirect { return scope == id.lowercased() }
                    return !table.hasDirect || record.state == .declared || !record.isKnown
                }
                guard !here.isEmpty else { continue }
                isCovered = true
                found = Self.worse(found, Self.gap(of: here))
            }
            for scope in Self.below(id.lowercased(), in: table.scopes) {
                found = Self.worse(found, Self.gap(of: table.byScope[scope] ?? []))
            }
        }
        if let found { return found }
        if isCovered { return nil }
        let isFile = scopes.contains { $0.hasPrefix("file:") }
        return Gap(reason: isFile ? .outsideThisSource : .notCollected, isUnlicensed: false)
    }

    /// Why elements of a collection of the directory may be missing; nil when every record of it is known.
    func gapAnywhere(_ collection: String) -> Gap? {
        guard let table = records[collection.lowercased()] else {
            return Gap(reason: .notCollected, isUnlicensed: false)
        }
        return table.scopes.reduce(nil) { Self.worse($0, Self.gap(of: table.byScope[$1] ?? [])) }
    }

    /// Records of a derived collection: one for each scope that a record of its sources names.
    func derived(_ type: String, from sources: [String]) -> [Coverage] {
        var byScope: [String: [Coverage]] = [:]
        for source in sources {
            for record in records[source.lowercased()]?.byScope.values.flatMap(\.self) ?? [] {
                byScope[record.scope, default: []].append(record)
            }
        }
        return byScope.map { scope, records in
            let ordered = records.sorted { ($0.collection, $0.state.rawValue) < ($1.collection, $1.state.rawValue) }
            let worst = ordered.first { !$0.isKnown && $0.state != .notLicensed }
            return Coverage(
                collection: type, scope: scope, state: worst?.state ?? .read,
                call: "derived from " + sources.joined(separator: ", "), code: worst?.code, message: worst?.message)
        }
    }

    private static func gap(of records: [Coverage]) -> Gap? {
        var found: Gap?
        for record in records {
            guard let reason = record.unknownReason else { continue }
            found = worse(found, Gap(reason: reason, isUnlicensed: record.state == .notLicensed))
        }
        return found
    }

    /// A gap of any other kind outweighs a missing licence; among equals the name decides, so that order does not.
    private static func worse(_ first: Gap?, _ second: Gap?) -> Gap? {
        guard let first else { return second }
        guard let second else { return first }
        if first.isUnlicensed != second.isUnlicensed { return first.isUnlicensed ? second : first }
        return first.reason.rawValue <= second.reason.rawValue ? first : second
    }

    /// The scope itself and what encloses it by its text.
    private static func prefixes(of scope: String) -> [String] {
        var found = [scope]
        for index in scope.indices.dropFirst() where scope[index] == "/" || scope[index] == ":" {
            found.append(String(scope[..<index]))
        }
        return found
    }

    private static func below(_ id: String, in scopes: [String]) -> ArraySlice<String> {
        let prefix = id.hasSuffix("/") ? id : id + "/"
        let first = scopes.firstPlace { $0 >= prefix }
        let last = scopes[first...].firstIndex { !$0.hasPrefix(prefix) } ?? scopes.endIndex
        return scopes[first..<last]
    }
}

extension Array {
    /// The first place from which the predicate holds, in an array sorted so that it holds from there on.
    func firstPlace(where holds: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
