public import AssayCore

/// Shapes one element of a live answer, whose type is known from the call: spelling, scalars, identity, redaction.
///
/// It keeps nothing from element to element, so memory is one element.
public struct LiveShaper: Sendable {
    /// How an element came, which decides what its silence means.
    public enum Form: Sendable, Hashable {
        /// The answer to a GET of the resource itself.
        case single
        /// An element of a list, which may leave members out.
        case listed
    }

    /// Where an element was read.
    public struct Place: Sendable {
        /// The scopes that enclose it, outer to inner, before those that its own id names.
        public var scope: [String]
        /// The call, `GET /subscriptions/…`.
        public var call: String
        /// RFC 3339 in UTC.
        public var at: String
        /// The version that the call asked for; nil for Graph.
        public var apiVersion: String?
        /// The id that it hangs on; elements without an id of their own get theirs below it.
        public var parent: String

        /// A place as the collector knows it.
        public init(scope: [String], call: String, at: String, apiVersion: String?, parent: String) {
            self.scope = scope
            self.call = call
            self.at = at
            self.apiVersion = apiVersion
            self.parent = parent
        }
    }

    /// What became of an element.
    public struct Outcome: Sendable {
        /// Nil for an element that names nothing; a diagnostic says so.
        public let resource: Resource?
        /// Without a file: what was odd about the element.
        public let diagnostics: [Diagnostic]
        /// What was taken out, and where; never a value.
        public let redactions: [Redaction]
    }

    private let tables: ShapeTables
    private let redactor: Redactor

    /// A shaper over the type tables.
    public init(tables: ShapeTables, redactor: Redactor) {
        self.tables = tables
        self.redactor = redactor
    }

    /// The table's spelling of a type; the given one where no table has it.
    public func spelling(_ type: String) -> String { tables.spelling(ofType: type) ?? type }

    /// True when a list shows only what hangs on its own parent.
    public func isDirectOnly(_ type: String) -> Bool { tables.azure[type.lowercased()]?.isDirectOnly ?? false }

    /// True for a Graph object of which a tenant has one.
    func isSingleton(_ type: String) -> Bool { tables.azure[type.lowercased()]?.isSingleton ?? false }

    // MARK: Resource Manager

    /// An ARM resource.
    ///
    /// - Parameters:
    ///   - identifier: members that together name an element without an id.
    ///   - secrets: values that are taken out whatever they look like.
    ///   - omitted: why what lists leave out is unknown.
    public func armResource(
        _ element: Tree, type: String, form: Form, identifier: [String] = [],
        secrets: [DocumentPath] = [], omitted: UnknownReason = .notCollected, at place: Place
    ) -> Outcome {
        var collector = Collector()
        let source = ExportSource(file: "", call: place.call, at: place.at)
        guard element.members != nil, let id = armID(of: element, type: type, identifier, below: place.parent) else {
            return nothing("an element of `\(place.call)` is \(element.label) without an id and is not used")
        }
        let reader = AzureReader(tables: tables)
        var body = reader.canonical(
            element, type: type, form == .single ? .single : .listed, from: source, into: &collector)
        if body["id"] == nil { body["id"] = .string(id) }
        for path in secrets { redactor.conceal(path, in: &body) }
        if form == .listed, omitted != .notCollected {
            for path in tables.azure[type.lowercased()]?.listOmits ?? [] where body[path]?.isUnknown == true {
                body.set(.unknown(omitted), at: path)
            }
        }
        let own = ARMIdentifier(id)
        var scope = place.scope
        for outer in own?.scope ?? [] where !scope.contains(outer) { scope.append(outer) }
        let resource = sealed(
            type: type, id: own?.normalised ?? id.lowercased(), provider: .azure, scope: scope,
            name: body["name"]?.stringValue ?? own?.name ?? id,
            region: body["location"]?.stringValue.map { $0.lowercased().filter { $0 != " " } }, body: body, at: place)
        return Outcome(
            resource: resource.0, diagnostics: placed(collector.diagnostics, place), redactions: resource.1)
    }

    /// The element's own id, completed where its provider writes it in part.
    private func armID(of element: Tree, type: String, _ members: [String], below parent: String) -> String? {
        if members.isEmpty, let text = element["id"]?.stringValue, let identifier = ARMIdentifier(text) {
            guard identifier.isCollection else { return identifier.normalised }
            return element["name"]?.stringValue.map { "\(identifier.normalised)/\($0)".lowercased() }
        }
        let names = members.compactMap { member -> String? in
            guard let path = DocumentPath(member), let value = element[path] else { return nil }
            return value.stringValue ?? value.numberText
        }
        var name = members.isEmpty ? element["name"]?.stringValue : names.isEmpty ? nil : names.joined(separator: "|")
        name = name?.split(separator: "/").joined(separator: ":")
        guard let name, !name.isEmpty else { return nil }
        // Beside its parent's namespace it is an extension, below it a child.
        let last = type.split(separator: "/").last.map(String.init) ?? type
        let namespace = type.split(separator: "/").first.map { $0.lowercased() } ?? ""
        let isChild = parent.lowercased().contains("/providers/\(namespace)/")
        return (isChild ? "\(parent)/\(last)/\(name)" : "\(parent)/providers/\(type)/\(name)").lowercased()
    }

    // MARK: Graph

    /// A Graph object.
    public func graphResource(
        _ element: Tree, type: String, tenant: String, identifier: [String] = [], unknown: [String] = [],
        at place: Place
    ) -> Outcome {
        guard element.members != nil else {
            return nothing("an element of `\(place.call)` is \(element.label), expected an object")
        }
        let names = identifier.compactMap { element[$0]?.stringValue }
        let given = element["id"]?.stringValue ?? (names.isEmpty ? nil : names.joined(separator: "|"))
        guard let id = given?.lowercased() ?? (isSingleton(type) ? "" : nil) else {
            return nothing("an element of `\(place.call)` has no `id` and is not used")
        }
        var pass = ShapePass(type: type, keepsNull: true)
        var body = element
        if let entry = tables.azure[type.lowercased()] {
            body = pass.shaped(element, as: entry.shape, at: DocumentPath()) ?? element
        }
        for name in unknown where body[name] == nil { body[name] = .unknown(.notCollected) }
        let members = (body.members ?? []).filter { !$0.key.hasPrefix("@odata.context") }
        body.content = .object(members)
        let identity = isSingleton(type) ? "/tenants/\(tenant)/\(type.lowercased())" : id
        let resource = sealed(
            type: type, id: identity, provider: .entra, scope: place.scope,
            name: body["displayName"]?.stringValue ?? body["userPrincipalName"]?.stringValue ?? id, region: nil,
            body: body, at: place)
        return Outcome(resource: resource.0, diagnostics: placed(pass.diagnostics, place), redactions: resource.1)
    }

    // MARK: Anchors

    /// A subscription or the tenant as rules apply to it.
    public func anchor(type: String, id: String, name: String, body: Tree, scope: [String], at place: Place) -> Resource
    {
        let provider: Provider = type == "Assay::Azure::Tenant" ? .entra : .azure
        return sealed(
            type: type, id: id, provider: provider, scope: scope, name: name, region: nil, body: body, at: place
        ).0
    }

    // MARK: Sealing

    private func sealed(
        type: String, id: String, provider: Provider, scope: [String], name: String, region: String?, body: Tree,
        at place: Place
    ) -> (Resource, [Redaction]) {
        let redacted = redactor.redact(body)
        let resource = Resource(
            type: type, id: id, provider: provider, scope: scope, name: redactor.redact(text: name), region: region,
            tags: CanonicalShaper(tables: tables).tags(type: type, body: redacted.tree), apiVersion: place.apiVersion,
            origin: Origin(kind: .api, call: place.call, at: place.at), body: Document(redacted.tree).root)
        return (resource, redacted.redactions.map { Redaction(resource: id, path: $0.path, kind: $0.kind) })
    }

    private func placed(_ diagnostics: [Diagnostic], _ place: Place) -> [Diagnostic] {
        diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.location = nil
            return diagnostic
        }
    }

    private func nothing(_ message: String) -> Outcome {
        Outcome(
            resource: nil, diagnostics: [Diagnostic(code: "shape-wrong-type", severity: .error, message: message)],
            redactions: [])
    }
}
