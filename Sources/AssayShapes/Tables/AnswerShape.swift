import AssayCore

/// One kind of AWS answer of `recognise.yaml`: how it is known by its top-level keys, and what it says of which type.
struct AnswerShape: Sendable {
    /// The call as the AWS command line names it, `s3api get-bucket-encryption`.
    let call: String
    /// Top-level keys that are all there.
    let keys: [String]
    /// Top-level keys that may be there.
    let optional: Set<String>
    /// Kinds of some top-level values, where the same key means different things in different services.
    let kinds: [(key: String, value: String)]
    /// Keys of which each element has at least one.
    let elementHas: [String]
    let readings: [Reading]
    /// Error codes that mean: not configured.
    let absentCodes: [String]
    /// True when the service answers with nothing where nothing is configured.
    let mayBeEmpty: Bool

    /// The service's name in `call`.
    var service: String { String(call.prefix { $0 != " " }) }
    /// The operation's name in `call`.
    var operation: String { String(call.drop { $0 != " " }.dropFirst()) }

    /// True when what it is about must be said from outside.
    var needsSubject: Bool {
        readings.contains { if case .outside = $0.subject { true } else { false } }
    }

    /// What one part of an answer says of one type.
    struct Reading: Sendable {
        let type: String
        /// Names down to the elements, lists on the way are walked; empty for the answer itself.
        let each: [String]
        let subject: Subject
        /// Replaces the type's own mapping.
        let mapping: PropertyMapping?
        /// Puts the element, after its mapping, under these names.
        let put: [String]
        let covers: Coverings
        /// Parts that are absent when a member of the element has a value.
        let absentWhen: [AbsentWhen]
        /// The type that the subject names, when the reading is about something that hangs below it.
        let parent: Parent?
        /// Members that are added because the answer's existence says them.
        let adds: [(key: String, value: Tree)]
        /// The same for a documented `not configured` error.
        let addsWhenAbsent: [(key: String, value: Tree)]
        /// True when the answer shows some members only, so that what it leaves out is unknown.
        let isPartial: Bool
    }

    /// Where the name of what is described stands.
    enum Subject: Sendable {
        /// In the element; the first of these that is there.
        case members([String])
        /// Outside: the wrapper or the file's name.
        case outside
        /// The account.
        case account
        /// The Region.
        case region
    }

    struct AbsentWhen: Sendable {
        let member: String
        let equals: Tree
        let parts: [String]
    }

    struct Parent: Sendable {
        let type: String
        /// The property of the child that names the parent.
        let property: String
    }

    init(table node: DocumentNode) throws(ShapeTableError) {
        try node.expectKeys([
            "call", "keys", "optional", "kinds", "elementHas", "absent", "mayBeEmpty", "reads", "type", "each",
            "subject",
            "map", "put", "covers", "absentWhen", "parent", "adds", "addsWhenAbsent", "partial",
        ])
        call = try node.requiredText("call")
        guard call.contains(" ") else { throw ShapeTableError("`call` is `<service> <operation>`", at: node) }
        keys = try node.texts("keys")
        optional = Set(try node.texts("optional"))
        kinds = try node.textMap("kinds")
        elementHas = try node.texts("elementHas")
        absentCodes = try node.texts("absent")
        mayBeEmpty = node["mayBeEmpty"]?.bool ?? false
        var readings: [Reading] = []
        if let list = node["reads"] {
            for entry in list.elements { readings.append(try Reading(table: entry)) }
        } else if node["type"] != nil {
            readings.append(try Reading(table: node))
        }
        self.readings = readings
    }
}

extension AnswerShape.Reading {
    init(table node: DocumentNode) throws(ShapeTableError) {
        type = try node.requiredText("type")
        each = (node["each"]?.string ?? "").split(separator: ".").map(String.init)
        let names = try node.texts("subject")
        switch names {
        case []: throw ShapeTableError("a reading says its `subject`", at: node)
        case ["outside"]: subject = .outside
        case ["account"]: subject = .account
        case ["region"]: subject = .region
        default: subject = .members(names)
        }
        mapping = try node["map"].map { node throws(ShapeTableError) in try PropertyMapping(table: node) }
        put = (node["put"]?.string ?? "").split(separator: ".").map(String.init)
        covers = try Coverings(table: node, key: "covers")
        var absent: [AnswerShape.AbsentWhen] = []
        for entry in node["absentWhen"]?.elements ?? Document.empty.root.elements {
            guard let equals = entry["equals"] else { throw ShapeTableError("`equals` is missing", at: entry) }
            absent.append(
                AnswerShape.AbsentWhen(
                    member: try entry.requiredText("member"), equals: Tree(equals), parts: try entry.texts("parts")))
        }
        absentWhen = absent
        if let parent = node["parent"] {
            self.parent = AnswerShape.Parent(
                type: try parent.requiredText("type"), property: try parent.requiredText("property"))
        } else {
            parent = nil
        }
        adds = node["adds"]?.members.map { ($0.key, Tree($0.value)) } ?? []
        addsWhenAbsent = node["addsWhenAbsent"]?.members.map { ($0.key, Tree($0.value)) } ?? []
        if let flag = node["partial"]?.bool {
            isPartial = flag
        } else if case .outside = subject {
            isPartial = covers != .all
        } else {
            isPartial = false
        }
    }
}
