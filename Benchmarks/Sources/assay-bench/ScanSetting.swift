import AssayCore
import AssayFormats
import AssayHashing
import AssayProgram
import AssayRules
import BenchEngine

/// What one scan and the next have in common: rules, their order, the workspace's secret.
struct ScanSetting: Sendable {
    let program: BulkProgram
    let types: [DeltaType]
    let order: VerdictOrder
    let hasher: LineHasher
    /// Digest of all else that verdicts depend on.
    let environment = Digest(of: Array("assay-bench".utf8))
    /// Rule and profile of every pair, type after type.
    let pairs: [(rule: String, profile: String)]
    /// For each type, the place of its first pair among all.
    let firstPairs: [Int]

    init(_ program: BulkProgram) throws {
        self.program = program
        // Parameters are those of the catalogue, whose digest is the rule's version.
        types = program.types.map { DeltaType($0) { _ in "default" } }
        order = try VerdictOrder(types: types.map { .init(name: $0.name, pairs: $0.pairs.map(\.identity)) })
        guard let hasher = LineHasher(key: Array(Digest(of: Array("assay-bench secret".utf8)).bytes)) else {
            throw BenchFailure("no hasher for the secret")
        }
        self.hasher = hasher
        pairs = program.types.flatMap { $0.pairs.map { ($0.rule, $0.profile) } }
        var first = 0
        firstPairs = program.types.map { type in
            defer { first += type.pairs.count }
            return first
        }
    }
}
