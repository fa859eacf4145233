public import AssayCore

/// The general reader for lines and pairs that a scan could not decide: it says what they are, and why.
///
/// Without an estate, relations and whatever a resource would inherit are unknown; what can be told without them is
/// told.
public struct LineJudge: Sendable {
    private let evaluator: RuleEvaluator
    private let program: BulkProgram
    private let context: Context?
    private let classifier: Classifier
    private let limits: DocumentLimits

    /// An estate, and where its resources stand in it.
    private struct Context {
        let estate: Estate
        let places: [Key: Int]

        struct Key: Hashable {
            let type: String
            let id: String

            init(_ resource: Resource) {
                type = resource.type.lowercased()
                id = resource.id
            }
        }

        init(_ estate: Estate) {
            self.estate = estate
            places = Dictionary(
                estate.resources.enumerated().map { (Key($1), $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// - Parameters:
    ///   - evaluator: asks the rules that the program was compiled from.
    ///   - program: tells layout, types and the order of pairs.
    ///   - estate: the resources that relations are looked up in; nil leaves relations unknown.
    ///   - classifier: what resources hold, where no estate says it.
    ///   - limits: the size and depth of a line.
    public init(
        _ evaluator: RuleEvaluator, program: BulkProgram, estate: Estate? = nil,
        classifier: Classifier = Classifier(), limits: DocumentLimits = DocumentLimits()
    ) {
        self.evaluator = evaluator
        self.program = program
        self.classifier = classifier
        self.limits = limits
        context = estate.map { Context($0) }
    }

    /// Verdicts of some pairs on the resource of a line, in the order asked.
    ///
    /// - Parameters:
    ///   - bytes: one line without its end.
    ///   - type: the line's type in the program. A line of type `unreadable` or `other` is asked all pairs of the
    ///     type that it names.
    ///   - pairs: places in the type's pairs, ascending.
    /// - Returns: nothing for a line that holds no resource, or one that no rule asks about.
    /// - Throws: `DocumentError` for a line that is no JSON, `SnapshotError` for one that is no resource.
    public func verdicts(ofLine bytes: [UInt8], type: Int32, pairs: [Int]) throws -> [Verdict] {
        guard type != BulkBlock.Line.none, let resource = try resource(ofLine: bytes) else { return [] }
        return verdicts(of: resource, pairs: type >= 0 ? pairs : nil)
    }

    /// Verdicts of all rules, or of some pairs of its type, on a resource.
    public func verdicts(of resource: Resource, pairs: [Int]? = nil) -> [Verdict] {
        evaluator.evaluate(judged(resource), pairs: pairs)
    }

    /// The resource that a line holds; nil for the other lines of a snapshot.
    ///
    /// - Throws: `DocumentError` for a line that is no JSON, `SnapshotError` for one that is none of the known kinds.
    public func resource(ofLine bytes: [UInt8]) throws -> Resource? {
        let document = try JSONReader.read(bytes, limits: limits)
        switch program.layout {
        case .bare: return try Resource(bare: document.root)
        case .sealed:
            guard case .resource(let resource) = try SnapshotLine(json: document.root) else { return nil }
            return resource
        }
    }

    private func judged(_ resource: Resource) -> JudgedResource {
        guard let context, let place = context.places[Context.Key(resource)],
            Self.sealed(context.estate.resources[place]) == Self.sealed(resource)
        else {
            // The estate does not hold this resource as the line has it: its relations are another resource's.
            return JudgedResource(alone: resource, classifier: classifier)
        }
        return JudgedResource(place, in: context.estate)
    }

    private static func sealed(_ resource: Resource) -> [UInt8] {
        var writer = JSONWriter()
        resource.write(to: &writer)
        return writer.bytes
    }
}
