public import AssayCore

/// The tables of `Catalogue/shapes`: canonical types and how documents are recognised.
public struct ShapeTables: Sendable {
    /// Types by lower-cased name and alias.
    let azure: [String: AzureType]
    /// Types by lower-cased name.
    let aws: [String: AWSType]
    /// Types by AWS Config's lower-cased name.
    let config: [String: AWSType]
    let answers: [AnswerShape]
    let graph: [GraphShape]
    let azureRecognition: AzureRecognition
    /// AWS error codes that mean a refusal.
    let deniedCodes: Set<String>

    /// Reads the parsed tables, told apart by their first key; tables of defaults belong to the rules and are skipped.
    public init(documents: [(name: String, document: Document)]) throws(ShapeTableError) {
        var azure: [String: AzureType] = [:]
        var aws: [String: AWSType] = [:]
        var answers: [AnswerShape] = []
        var graph: [GraphShape] = []
        var recognition = AzureRecognition()
        var denied: Set<String> = []
        for (name, document) in documents {
            let root = document.root
            do throws(ShapeTableError) {
                if root["defaults"] != nil {
                    continue
                } else if let list = root["azure"] {
                    for node in list.elements {
                        let type = try AzureType(table: node)
                        for key in [type.type.lowercased()] + type.aliases {
                            guard azure.updateValue(type, forKey: key) == nil else {
                                throw ShapeTableError("type `\(type.type)` stands twice", at: node)
                            }
                        }
                    }
                } else if let list = root["aws"] {
                    for node in list.elements {
                        let type = try AWSType(table: node)
                        guard aws.updateValue(type, forKey: type.type.lowercased()) == nil else {
                            throw ShapeTableError("type `\(type.type)` stands twice", at: node)
                        }
                    }
                } else if let list = root["answers"] {
                    for node in list.elements { answers.append(try AnswerShape(table: node)) }
                    for node in root["graph"]?.elements ?? Document.empty.root.elements {
                        graph.append(try GraphShape(table: node))
                    }
                    recognition = try AzureRecognition(table: root["arm"])
                    denied.formUnion(try root.texts("deniedCodes"))
                } else {
                    throw ShapeTableError("the file is none of azure, aws, answers, defaults", at: root)
                }
            } catch {
                throw ShapeTableError(error, name: name)
            }
        }
        for answer in answers {
            for reading in answer.readings where aws[reading.type.lowercased()] == nil {
                throw ShapeTableError("answer `\(answer.call)` reads type `\(reading.type)`, which no table has")
            }
        }
        for shape in graph where azure[shape.type.lowercased()] == nil {
            throw ShapeTableError("context `\(shape.context)` has type `\(shape.type)`, which no table has")
        }
        var config = aws
        for type in aws.values { type.configType.map { config[$0.lowercased()] = type } }
        self.config = config
        self.azure = azure
        self.aws = aws
        self.answers = answers
        self.graph = graph
        azureRecognition = recognition
        deniedCodes = denied
    }

    /// The canonical spelling of a type, found without regard to case; nil when no table has it.
    public func spelling(ofType type: String) -> String? {
        let key = type.lowercased()
        return azure[key]?.type ?? aws[key]?.type
    }

    /// Every type of the tables, sorted.
    public var types: [String] { Set(azure.values.map(\.type) + aws.values.map(\.type)).sorted() }

    /// Where a type that can be declared apart lives inside its parent; nil for a resource of its own.
    public func folding(ofType type: String) -> Folding? {
        let key = type.lowercased()
        return azure[key]?.folding ?? aws[key]?.folding
    }

    /// The path of every known name of a type's body, `[]` for the elements of a list; for checks of rules.
    public func knownPaths(ofType type: String) -> [String] {
        let key = type.lowercased()
        guard let shape = azure[key]?.shape ?? aws[key]?.shape else { return [] }
        var paths: [String] = []
        Self.collect(shape, below: "", into: &paths)
        return paths.sorted()
    }

    private static func collect(_ shape: ValueShape, below path: String, into paths: inout [String]) {
        switch shape {
        case .object(let members):
            for member in members.values {
                let inner = path.isEmpty ? member.spelling : "\(path).\(member.spelling)"
                paths.append(inner)
                collect(member.shape, below: inner, into: &paths)
            }
        case .list(let element): collect(element, below: path + "[]", into: &paths)
        case .map(let element): collect(element, below: path + ".*", into: &paths)
        default: break
        }
    }
}

/// What `recognise.yaml` says of ARM documents.
struct AzureRecognition: Sendable {
    /// Members of an ARM resource beside `properties`; anything else at the top is a service command's flattening.
    var envelope: Set<String> = []
    /// Keys that mark an object with an id which is no resource, such as an activity log event, and what it is.
    var notResources: [(keys: [String], label: String)] = []
    /// Error codes that mean: not configured.
    var absentCodes: Set<String> = []
    /// Types whose lists leave out silently what the identity cannot read; their pages prove nothing.
    var silentCollections: Set<String> = []

    init() {}

    init(table node: DocumentNode?) throws(ShapeTableError) {
        guard let node else { return }
        try node.expectKeys(["envelope", "notResources", "absent", "silent"])
        envelope = Set(try node.texts("envelope").map { $0.lowercased() })
        absentCodes = Set(try node.texts("absent"))
        silentCollections = Set(try node.texts("silent").map { $0.lowercased() })
        for entry in node["notResources"]?.elements ?? Document.empty.root.elements {
            notResources.append((keys: try entry.texts("keys"), label: try entry.requiredText("is")))
        }
    }
}
