public import AssayCore
import AssayExpressions

/// Decides what resources hold: the scope file's entries in order, then the resource's own tags.
public struct Classifier: Sendable {
    /// One entry of the scope file: which resources, and what is true of them.
    public struct Entry: Sendable {
        /// Resource ids; an id covers what lies below it.
        public var ids: [String]
        /// Canonical types, without regard to case.
        public var types: [String]
        /// Tags that must all be there; an empty value stands for any.
        public var tags: [String: String]
        /// A condition over `resource` and `meta`; one that cannot be decided puts in doubt what the entry says.
        public var when: String?
        /// Whether they hold protected health information; nil leaves what tags and earlier entries say.
        public var phi: Bool?
        /// Whether they hold financial or cardholder data; nil leaves what tags and earlier entries say.
        public var financial: Bool?
        /// `production` or the user's own word; nil leaves what tags and earlier entries say.
        public var environment: String?
        /// Who answers for them, best a role; nil leaves what tags and earlier entries say.
        public var owner: String?

        /// An entry as the scope file holds it; one without any selector selects nothing.
        public init(
            ids: [String] = [], types: [String] = [], tags: [String: String] = [:], when: String? = nil,
            phi: Bool? = nil, financial: Bool? = nil, environment: String? = nil, owner: String? = nil
        ) {
            self.ids = ids
            self.types = types
            self.tags = tags
            self.when = when
            self.phi = phi
            self.financial = financial
            self.environment = environment
            self.owner = owner
        }
    }

    private let entries: [(entry: Entry, when: Condition?)]

    /// A classifier that goes by tags alone.
    public init() {
        entries = []
    }

    /// Compiles the entries' conditions.
    public init(_ entries: [Entry]) throws(CatalogueError) {
        var environment = ExpressionEnvironment()
        environment.declare("resource", .dyn)
        environment.declare("meta", .dyn)
        var compiled: [(entry: Entry, when: Condition?)] = []
        for entry in entries {
            do {
                compiled.append(
                    (entry, try entry.when.map { text throws(ExpressionError) in try Condition(text, in: environment) })
                )
            } catch {
                throw CatalogueError(file: "assay.yaml", message: "scope condition: \(error)", position: nil)
            }
        }
        self.entries = compiled
    }

    /// The classification of a resource; a later entry overrides an earlier one, entries override tags.
    public func classify(_ resource: Resource) -> Classification {
        var result = Self.byTags(resource.tags)
        for (entry, when) in entries {
            switch Self.selects(entry, when, resource) {
            case .bool(true): result.apply(entry)
            case .bool(false): continue
            case .unknown(let causes): result.doubt(entry, causes)
            case let other:
                result.doubt(entry, UnknownCauses(other.isAbsent ? .missingPath : .ruleError, path: "classification"))
            }
        }
        return result
    }

    /// Whether the entry speaks of the resource: true, false, or what keeps its condition from being decided.
    private static func selects(_ entry: Entry, _ when: Condition?, _ resource: Resource) -> Value {
        if !entry.ids.isEmpty, !entry.ids.contains(where: { ScopePath.contains($0, resource.id) }) {
            return .bool(false)
        }
        if !entry.types.isEmpty, !entry.types.contains(where: { $0.lowercased() == resource.type.lowercased() }) {
            return .bool(false)
        }
        for (key, value) in entry.tags {
            guard let tag = resource.tags.first(where: { $0.key.lowercased() == key.lowercased() })?.value,
                value.isEmpty || tag.lowercased() == value.lowercased()
            else { return .bool(false) }
        }
        guard let when else { return .bool(!(entry.ids.isEmpty && entry.types.isEmpty && entry.tags.isEmpty)) }
        var activation = Activation()
        activation["resource"] = Value(resource.body)
        activation["meta"] = Estate.meta(of: resource)
        return when.evaluate(activation)
    }

    /// True when an entry asks something of the resource's body.
    var readsBody: Bool { entries.contains { $0.when != nil } }

    /// True when an entry names resources, so that equal tags need not mean equal classifications.
    var readsIdentity: Bool { entries.contains { !$0.entry.ids.isEmpty } }

    private static let dataTags: Set<String> = ["dataclassification", "dataclass", "classification", "datasensitivity"]
    private static let truths: Set<String> = ["true", "yes", "1"]

    private static func byTags(_ tags: [String: String]) -> Classification {
        var result = Classification()
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            let name = String(key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " && $0 != ":" })
            let text = value.lowercased()
            let words = Set(text.split { !$0.isLetter && !$0.isNumber }.map(String.init))
            if dataTags.contains(name) {
                result.isStated = true
                result.phi = result.phi || !words.isDisjoint(with: ["phi", "ephi", "health"])
                result.financial = result.financial || !words.isDisjoint(with: ["financial", "pci", "cardholder"])
            } else if name == "phi" || name == "containsphi" {
                result.isStated = true
                result.phi = result.phi || truths.contains(text)
            } else if name == "financial" || name == "pci" {
                result.isStated = true
                result.financial = result.financial || truths.contains(text)
            } else if name == "environment" || name == "env" {
                result.environment = value
            } else if name == "owner" || name == "serviceowner" || name == "dataowner" {
                result.owner = value
            }
        }
        return result
    }
}
