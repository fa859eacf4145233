import AssayCore

/// One collection of the tables in `Catalogue/collectors`: a type and the call that lists it.
public struct CollectionEntry: Sendable {
    /// Which API answers.
    public enum Service: String, Sendable, Hashable {
        case arm
        case graph
    }

    /// What the collection hangs on.
    public enum Owner: Sendable, Hashable {
        case tenant
        case managementGroup
        case subscription
        /// One of these types.
        case resources([String])
    }

    /// How the call is made.
    public enum Form: String, Sendable, Hashable {
        /// GET; the answer is `{"value": […]}`, in pages.
        case list
        /// GET; the answer is one object.
        case get
        /// POST of a read-only query; the answer is as a list's.
        case post
    }

    /// A call that is made instead where a licence is missing.
    public struct Fallback: Sendable, Hashable {
        let path: String
        /// Members of the body that it leaves unknown.
        let unknown: [String]
    }

    /// The canonical type.
    public let type: String
    let service: Service
    let owner: Owner
    let form: Form
    /// With placeholders; without the api-version.
    let path: String
    let apiVersion: String
    /// The ARM action, or the Graph application permission.
    public let permission: String
    /// True for a type that Resource Graph and the list of all resources hold.
    let isTracked: Bool
    /// True when the list leaves parts out, so that every element is read by itself.
    let needsDetail: Bool
    /// Values of the parent's body where the call exists; nil asks always.
    let onlyIf: [(path: DocumentPath, values: [String])]
    /// Values of the parent's body where the call does not exist and there are none.
    let unless: [(path: DocumentPath, values: [String])]
    /// Codes of a 404 that mean: there is none.
    let absentCodes: Set<String>
    /// Codes that mean: the licence is missing.
    let licenceCodes: Set<String>
    /// What the licence is called.
    let licence: String?
    /// True where without the licence there can be none: what it would list is made by the licensed feature alone.
    let isAbsentWithoutLicence: Bool
    let fallback: Fallback?
    /// Lists that are put into the body under a member.
    let folds: [(member: String, path: String)]
    /// A call that says how many there are.
    let countPath: String?
    let body: Tree?
    /// Days that `{since}` goes back.
    let windowDays: Int?
    let maxPages: Int?
    /// Members that together name an element without an id.
    let identifier: [String]
    /// Values that are taken out whatever they look like.
    let secrets: [DocumentPath]
    /// True when it changes through Resource Manager alone, so that the activity log tells every change.
    let followsActivityLog: Bool

    init(table node: DocumentNode) throws(CollectionTableError) {
        try node.expectKeys([
            "type", "service", "of", "list", "get", "post", "apiVersion", "permission", "tracked", "detail", "onlyIf",
            "unless", "absent", "licence", "fallback", "fold", "count", "body", "window", "maxPages", "identifier",
            "secret", "follows", "note",
        ])
        type = try node.text("type")
        guard let service = Service(rawValue: node["service"]?.string ?? "arm") else {
            throw CollectionTableError("`service` is arm or graph", at: node)
        }
        self.service = service
        let owners = try node.texts("of")
        owner =
            switch owners {
            case ["tenant"]: .tenant
            case ["managementGroup"]: .managementGroup
            case ["subscription"]: .subscription
            case []: throw CollectionTableError("`of` is missing", at: node)
            default: .resources(owners)
            }
        let forms = [Form.list, .get, .post].filter { node[$0.rawValue] != nil }
        guard forms.count == 1, let form = forms.first else {
            throw CollectionTableError("an entry has one of `list`, `get`, `post`", at: node)
        }
        self.form = form
        let path = try node.text(form.rawValue)
        self.path = path
        guard ["/", "{id}", "{above}"].contains(where: { path.hasPrefix($0) }) else {
            throw CollectionTableError("a path begins with `/`, `{id}` or `{above}`", at: node)
        }
        apiVersion = service == .arm ? try node.text("apiVersion") : node["apiVersion"]?.string ?? ""
        permission = try node.text("permission")
        isTracked = try node.flag("tracked")
        needsDetail = try node.flag("detail")
        onlyIf = try node.conditions("onlyIf")
        unless = try node.conditions("unless")
        absentCodes = Set(try node.texts("absent"))
        licenceCodes = Set(try node["licence"]?.texts("codes") ?? [])
        try node["licence"]?.expectKeys(["codes", "name", "absent"])
        licence = node["licence"]?["name"]?.string
        isAbsentWithoutLicence = try node["licence"]?.flag("absent") ?? false
        try node["fallback"]?.expectKeys(["list", "unknown"])
        fallback = try node["fallback"].map { fallback throws(CollectionTableError) in
            Fallback(path: try fallback.text("list"), unknown: try fallback.texts("unknown"))
        }
        var folds: [(member: String, path: String)] = []
        if let fold = node["fold"] {
            for member in fold.members {
                guard let path = member.value.string else {
                    throw CollectionTableError("`fold` maps a member to a path", at: member.value)
                }
                folds.append((member.key, path))
            }
        }
        self.folds = folds
        countPath = try node["count"].map { _ throws(CollectionTableError) in try node.text("count") }
        body = node["body"].map { Tree($0) }
        windowDays = try node.number("window")
        maxPages = try node.number("maxPages")
        identifier = try node.texts("identifier")
        secrets = try node.texts("secret").map { text throws(CollectionTableError) in
            guard let path = DocumentPath(text) else { throw CollectionTableError("`\(text)` is not a path", at: node) }
            return path
        }
        let follows = node["follows"]?.string
        guard follows == nil || follows == "activityLog" else {
            throw CollectionTableError("`follows` is activityLog", at: node)
        }
        followsActivityLog = follows != nil
    }

    /// True when the call exists for this parent.
    func applies(to parent: Tree) -> Bool {
        func holds(_ condition: (path: DocumentPath, values: [String])) -> Bool {
            guard let value = parent[condition.path] else { return condition.values.contains("") }
            let text = value.stringValue ?? value.numberText ?? value.boolValue.map { $0 ? "true" : "false" } ?? ""
            return condition.values.contains { $0.lowercased() == text.lowercased() }
        }
        return onlyIf.allSatisfy(holds) && !unless.contains(where: holds)
    }
}

extension DocumentNode {
    /// A text that the entry must have.
    fileprivate func text(_ key: String) throws(CollectionTableError) -> String {
        guard let text = self[key]?.string, !text.isEmpty else {
            throw CollectionTableError("`\(key)` is missing or not a string", at: self)
        }
        return text
    }

    /// A truth value; false where the key is missing.
    fileprivate func flag(_ key: String) throws(CollectionTableError) -> Bool {
        guard let node = self[key] else { return false }
        guard let flag = node.bool else { throw CollectionTableError("`\(key)` is true or false", at: node) }
        return flag
    }

    /// A number above zero; nil where the key is missing.
    fileprivate func number(_ key: String) throws(CollectionTableError) -> Int? {
        guard let node = self[key] else { return nil }
        guard let number = node.int, number > 0 else {
            throw CollectionTableError("`\(key)` is a number above zero", at: node)
        }
        return Int(number)
    }

    /// A list of strings, or one string.
    fileprivate func texts(_ key: String) throws(CollectionTableError) -> [String] {
        guard let node = self[key] else { return [] }
        if let text = node.string { return [text] }
        let texts = node.elements.compactMap { $0.string ?? $0.bool.map { $0 ? "true" : "false" } }
        guard node.kind == .array, texts.count == node.count else {
            throw CollectionTableError("`\(key)` must be a list of strings", at: node)
        }
        return texts
    }

    fileprivate func conditions(_ key: String) throws(CollectionTableError) -> [(path: DocumentPath, values: [String])]
    {
        guard let node = self[key] else { return [] }
        var conditions: [(path: DocumentPath, values: [String])] = []
        for member in node.members {
            guard let path = DocumentPath(member.key) else {
                throw CollectionTableError("`\(member.key)` is not a path", at: member.value)
            }
            conditions.append((path, try node.texts(member.key)))
        }
        return conditions
    }

    fileprivate func expectKeys(_ known: Set<String>) throws(CollectionTableError) {
        for member in members where !known.contains(member.key) {
            throw CollectionTableError("`\(member.key)` is not a key of a collection", at: member.value)
        }
    }
}
