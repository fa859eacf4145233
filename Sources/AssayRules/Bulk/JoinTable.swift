public import AssayCore
import AssayExpressions

/// Related resources as a bulk evaluation keeps them.
///
/// For each one stand the truths that relations ask of it, found by where it lies. No document of it is kept.
///
/// Memory a resource: two keys of twelve bytes in most estates, eight bytes of identity and a byte a question.
public final class JoinTable: Sendable {
    /// The related resources of one type; in a table the keys are sorted.
    fileprivate struct Part: Sendable {
        var identities: [UInt64] = []
        /// As many codes a resource as the type has questions.
        var codes: [UInt8] = []
        var inside: [Key] = []
        var scoped: [Key] = []
        var named: [Key] = []
        /// Set when a resource exists only under a condition, or could not be read: then joins are the general
        /// reader's.
        var isOpen = false
    }

    fileprivate struct Key: Sendable {
        let hash: UInt64
        let entry: Int32
    }

    private let parts: [Part]
    private let program: BulkProgram
    private let coverage: CoverageIndex
    private let isFine: [Bool]
    private let classifications: ClassificationTable?
    /// How many related resources there are.
    public let count: Int
    /// Bytes that the table keeps a related resource.
    public let bytesPerResource: Int

    /// - Parameters:
    ///   - program: the relations.
    ///   - collected: what the workers of the first pass found.
    ///   - coverage: what was and was not looked at.
    public init(_ program: BulkProgram, _ collected: [JoinCollector], coverage: [Coverage]) {
        var parts = [Part](repeating: Part(), count: program.types.count)
        var stated: ClassificationTable? = ClassificationTable()
        for collector in collected {
            for (type, found) in collector.parts {
                let base = Int32(parts[type].identities.count)
                func shifted(_ keys: [Key]) -> [Key] { keys.map { Key(hash: $0.hash, entry: $0.entry + base) } }
                parts[type].identities += found.identities
                parts[type].codes += found.codes
                parts[type].inside += shifted(found.inside)
                parts[type].scoped += shifted(found.scoped)
                parts[type].named += shifted(found.named)
                parts[type].isOpen = parts[type].isOpen || found.isOpen
            }
            stated?.add(collector.stated)
            if collector.isOpen || collector.classifications == nil { stated = nil }
            if collector.isOpen { for index in parts.indices { parts[index].isOpen = true } }
        }
        for index in parts.indices {
            parts[index].inside.sort { $0.hash < $1.hash }
            parts[index].scoped.sort { $0.hash < $1.hash }
            parts[index].named.sort { $0.hash < $1.hash }
        }
        classifications = stated
        self.parts = parts
        self.program = program
        let index = CoverageIndex(coverage)
        self.coverage = index
        isFine = program.relations.map { index.isFinerThanScopes($0.relation.type) }
        count = parts.reduce(0) { $0 + $1.identities.count }
        let bytes = parts.reduce(0) {
            $0 + 8 * $1.identities.count + $1.codes.count
                + MemoryLayout<Key>.stride * ($1.inside.count + $1.scoped.count + $1.named.count)
        }
        bytesPerResource = count > 0 ? bytes / count : 0
    }

    /// What a worker remembers between lines: gaps in coverage by scope.
    struct Memo {
        fileprivate var gaps: [Int32: [[String]: Bool]] = [:]
        fileprivate var folds: [Int32: [String: UInt8]] = [:]

        init() {}
    }

    /// The register of a relation for one resource: 0 undecided, 1 true, 2 false.
    func code(_ join: ScanTables.Join, of identity: ResourceIdentity, _ memo: inout Memo) -> UInt8 {
        let relation = program.relations[Int(join.relation)]
        let part = parts[Int(relation.type)]
        if part.isOpen { return 0 }
        let isScope = relation.relation.by == .scope
        let boundary = identity.boundary.lowercased()
        let place = identity.scope + [boundary]
        let own = JoinCollector.hash(identity.id)
        // Two resources of one boundary have the same relatives, unless one of them is among them.
        let isShared = isScope && program.types[Int(relation.type)].name.lowercased() != identity.type.lowercased()
        if isShared, let known = memo.folds[join.register]?[boundary],
            let gap = memo.gaps[join.relation]?[place]
        {
            return fold(known, gap ? 0 : nil, join.isAll)
        }
        var code: UInt8 = join.isAll ? 1 : 2
        var isClosed = false
        func take(_ entry: Int32) {
            let truth = part.codes[Int(entry) * relation.exportCount + Int(join.export)]
            code = ScanTables.truths[(join.isAll ? 0 : 16) + 4 * Int(code) + Int(truth)]
        }
        switch relation.relation.by {
        case .child: for entry in Self.entries(part.inside, JoinCollector.hash(identity.id)) { take(entry) }
        case .scope:
            for entry in Self.entries(part.scoped, JoinCollector.hash(boundary))
            where part.identities[Int(entry)] != own { take(entry) }
        case .parent:
            var rest = identity.id[...]
            while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
                rest = rest[..<slash]
                guard let entry = Self.entries(part.named, JoinCollector.hash(String(rest))).first,
                    ResourceIdentity.isChild(identity.id, of: String(rest))
                else { continue }
                take(entry)
                isClosed = true
                break
            }
        case .attachedTo, .references: return 0
        }
        if isShared { memo.folds[join.register, default: [:]][boundary] = code }
        return fold(code, isClosed || !gap(join, relation, identity, place, &memo) ? nil : 0, join.isAll)
    }

    /// The registers of what a resource is said to hold: PHI, financial data.
    func classification(of id: String) -> (UInt8, UInt8) {
        guard let classifications else { return (0, 0) }
        guard let statement = classifications.statement(id) else { return (2, 2) }
        return (statement.phi ? 1 : 2, statement.financial ? 1 : 2)
    }

    private func fold(_ code: UInt8, _ openness: UInt8?, _ isAll: Bool) -> UInt8 {
        guard let openness else { return code }
        return ScanTables.truths[(isAll ? 0 : 16) + 4 * Int(code) + Int(openness)]
    }

    private func gap(
        _ join: ScanTables.Join, _ relation: BulkProgram.Relation, _ identity: ResourceIdentity, _ place: [String],
        _ memo: inout Memo
    ) -> Bool {
        let isFine = isFine[Int(join.relation)]
        if !isFine, let known = memo.gaps[join.relation]?[place] { return known }
        let found = coverage.gap(relation.relation, around: identity) != nil
        if !isFine {
            if memo.gaps[join.relation, default: [:]].count > 4096 { memo.gaps[join.relation] = [:] }
            memo.gaps[join.relation, default: [:]][place] = found
        }
        return found
    }

    private static func entries(_ keys: [Key], _ hash: UInt64) -> LazyMapSequence<ArraySlice<Key>, Int32> {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].hash < hash { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < keys.count, keys[end].hash == hash { end += 1 }
        return keys[low..<end].lazy.map(\.entry)
    }
}

/// What one worker of the first pass finds of related resources.
public struct JoinCollector: Sendable {
    fileprivate var parts: [Int: JoinTable.Part] = [:]
    /// Set by a line that could not be read: it may have been any resource.
    var isOpen = false
    fileprivate var stated = ClassificationTable()
    /// Nil when classifications depend on bodies: then they are the general reader's.
    fileprivate var classifications: ClassificationReader?

    init(_ classifier: Classifier) {
        classifications = classifier.readsBody ? nil : ClassificationReader(classifier)
    }

    /// - Parameter tags: the bytes of the resource's tags; what cannot be read may be any statement.
    mutating func classify(_ identity: ResourceIdentity, tags: [UInt8]) {
        guard let tags = BulkProgram.tags(tags) else {
            isOpen = true
            return
        }
        if let found = classifications?.statement(identity, tags: tags) { stated.add(identity.id, found) }
    }

    mutating func add(
        _ type: Int, _ identity: ResourceIdentity, _ codes: [UInt8], isConditional: Bool,
        _ uses: BulkProgram.RelationUses
    ) {
        var part = parts[type] ?? JoinTable.Part()
        parts[type] = nil
        let entry = Int32(part.identities.count)
        part.identities.append(Self.hash(identity.id))
        part.codes += codes
        part.isOpen = part.isOpen || isConditional
        if !uses.insideTypes.isEmpty {
            var rest = identity.id[...]
            while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
                rest = rest[..<slash]
                guard uses.mayHold(rest), ResourceIdentity.isChild(identity.id, of: String(rest)) else { continue }
                part.inside.append(JoinTable.Key(hash: Self.hash(String(rest)), entry: entry))
            }
        }
        if uses.isScoped {
            for scope in Set(identity.scope.map { $0.lowercased() }) {
                part.scoped.append(JoinTable.Key(hash: Self.hash(scope), entry: entry))
            }
        }
        if uses.isNamed { part.named.append(JoinTable.Key(hash: Self.hash(identity.id), entry: entry)) }
        parts[type] = part
    }

    static func hash(_ text: String) -> UInt64 {
        var hash: UInt64 = 0x6A09_E667_F3BC_C908
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        return hash
    }
}
