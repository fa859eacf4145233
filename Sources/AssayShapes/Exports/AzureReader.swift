import AssayCore

/// Reads what the Azure command line and Resource Manager answer: single resources, lists, pages, Resource Graph
/// rows, subscriptions.
struct AzureReader {
    let tables: ShapeTables

    /// How an object came, which decides what its silence means.
    enum Form {
        /// The answer to a GET of one resource, or a write's answer.
        case single
        /// An element of a list, which may leave members out.
        case listed
        /// A row of Resource Graph, which has the columns that the query projects.
        case row
    }

    /// Reads a document; false when its shape is none of Azure's.
    func read(_ tree: Tree, from source: ExportSource, apiVersion: String? = nil, into collector: inout Collector)
        -> Bool
    {
        if let elements = tree.elements {
            return readList(
                elements, .listed, at: tree.position, from: source, apiVersion: apiVersion, into: &collector)
        }
        guard tree.members != nil else { return false }
        if isAccount(tree) {
            readAccount(tree, from: source, into: &collector)
            return true
        }
        if let rows = rows(of: tree) {
            let understood = readList(
                rows, .row, at: tree.position, from: source, apiVersion: apiVersion, into: &collector)
            if understood { reportIncomplete(tree, from: source, into: &collector) }
            return understood
        }
        if let value = tree["value"]?.elements, tree["properties"] == nil {
            let understood = readList(
                value, .listed, at: tree.position, from: source, apiVersion: apiVersion, into: &collector)
            if understood, source.call == nil { reportIncomplete(tree, from: source, into: &collector) }
            return understood
        }
        guard identifier(of: tree) != nil else { return false }
        readResource(tree, .single, from: source, apiVersion: apiVersion, into: &collector)
        return true
    }

    /// True when at least one element was understood, or the list is empty and its wrapper said that it is Azure's.
    private func readList(
        _ elements: [Tree], _ form: Form, at position: SourcePosition?, from source: ExportSource, apiVersion: String?,
        into collector: inout Collector
    ) -> Bool {
        guard elements.isEmpty || elements.contains(where: { identifier(of: $0) != nil || isAccount($0) }) else {
            return false
        }
        collector.understand(source.file)
        if elements.isEmpty, source.call == nil { collector.reportEmpty("the list", in: source, at: position) }
        for element in elements {
            if isAccount(element) {
                readAccount(element, from: source, into: &collector)
            } else if identifier(of: element) != nil {
                readResource(element, form, from: source, apiVersion: apiVersion, into: &collector)
            } else {
                collector.report(
                    "shape-wrong-type", .warning,
                    "the element is \(element.label)\(element.members == nil ? "" : " without a resource id") and is not used",
                    in: source, at: element.position)
            }
        }
        return true
    }

    private func identifier(of tree: Tree) -> ARMIdentifier? {
        guard let text = tree["id"]?.stringValue, let identifier = ARMIdentifier(text) else { return nil }
        guard identifier.isCollection else { return identifier }
        // Some providers leave the last name out of the id.
        guard let name = tree["name"]?.stringValue, !name.isEmpty, !name.contains("/"), tree["properties"] != nil else {
            return nil
        }
        return ARMIdentifier("\(text)/\(name)")
    }

    /// Rows of Resource Graph: `data` beside a count, as objects or as the older table of columns and rows.
    private func rows(of tree: Tree) -> [Tree]? {
        let isQuery = ["count", "total_records", "totalRecords", "skip_token"].contains { tree[$0] != nil }
        guard isQuery, let data = tree["data"] else { return nil }
        if let rows = data.elements { return rows }
        guard let columns = data["columns"]?.elements, let rows = data["rows"]?.elements else { return nil }
        let names = columns.map { $0["name"]?.stringValue ?? "" }
        return rows.map { row in
            guard let cells = row.elements, cells.count == names.count else { return row }
            return Tree(.object(zip(names, cells).map { Tree.Member($0, $1) }), at: row.position)
        }
    }

    private func reportIncomplete(_ tree: Tree, from source: ExportSource, into collector: inout Collector) {
        let more = ["nextLink", "skip_token", "$skipToken"].first { tree[$0]?.stringValue?.isEmpty == false }
        let truncated = tree["resultTruncated"]?.stringValue ?? tree["resultTruncated"]?.boolValue.map { "\($0)" }
        guard more != nil || truncated == "true" else { return }
        collector.report(
            "shape-incomplete-page", .warning,
            "the file holds one page of several (`\(more ?? "resultTruncated")` is set)",
            in: source, at: tree.position, hint: "export every page; what is not in the files is unknown")
    }

    // MARK: Subscriptions

    /// An element of `az account list`, or what `az account show` prints.
    private func isAccount(_ tree: Tree) -> Bool {
        tree["tenantId"]?.stringValue != nil && (tree["id"]?.stringValue ?? "").isGUID
            && (tree["environmentName"] != nil || tree["user"] != nil)
    }

    private func readAccount(_ tree: Tree, from source: ExportSource, into collector: inout Collector) {
        guard let id = tree["id"]?.stringValue, let tenant = tree["tenantId"]?.stringValue else { return }
        var body: [Tree.Member] = []
        for (key, name) in [
            ("id", "subscriptionId"), ("name", "displayName"), ("state", "state"), ("tenantId", "tenantId"),
        ] {
            if let value = tree[key], value.stringValue != nil { body.append(Tree.Member(name, value)) }
        }
        collector.add(
            subscription(
                id, body: Tree(.object(body), at: tree.position), name: tree["name"]?.stringValue, from: source))
        addTenant(tenant, from: source, at: tree.position, into: &collector)
        if tree["isDefault"]?.boolValue == true { collector.tenants[source.folder] = tenant.lowercased() }
    }

    private func subscription(_ id: String, body: Tree, name: String?, from source: ExportSource) -> Fragment {
        let scope = "/subscriptions/\(id.lowercased())"
        return Fragment(
            type: "Assay::Azure::Subscription", identifier: scope, provider: .azure, scope: [scope], name: name,
            body: body, origin: source.origin(at: body.position))
    }

    private func addTenant(
        _ id: String, from source: ExportSource, at position: SourcePosition?, into collector: inout Collector
    ) {
        let scope = "/tenants/\(id.lowercased())"
        collector.add(
            Fragment(
                type: "Assay::Azure::Tenant", identifier: scope, provider: .entra, scope: [scope],
                name: id.lowercased(),
                body: Tree(.object([.init("tenantId", .string(id.lowercased()))]), at: position),
                origin: source.origin(at: position)))
    }

    // MARK: Resources

    private func readResource(
        _ tree: Tree, _ form: Form, from source: ExportSource, apiVersion: String?, into collector: inout Collector
    ) {
        guard let identifier = identifier(of: tree) else { return }
        for known in tables.azureRecognition.notResources where known.keys.allSatisfy({ tree[$0] != nil }) {
            collector.understand(source.file)
            reportOnce(
                "shape-not-a-resource", .note, "the document holds \(known.label), which is not used", key: known.label,
                from: source, at: tree.position, into: &collector)
            return
        }
        let type = type(of: tree, identifier)
        if type.lowercased() == "microsoft.resources/subscriptions", let id = identifier.subscription {
            collector.add(subscription(id, body: tree, name: tree["displayName"]?.stringValue, from: source))
            if let tenant = tree["tenantId"]?.stringValue {
                addTenant(tenant, from: source, at: tree.position, into: &collector)
            }
            return
        }
        if type.lowercased() == "microsoft.resources/tenants" {
            addTenant(identifier.name, from: source, at: tree.position, into: &collector)
            return
        }
        if form == .row, let tenant = tree["tenantId"]?.stringValue {
            addTenant(tenant, from: source, at: tree.position, into: &collector)
        }
        let body = canonical(tree, type: type, form, from: source, into: &collector)
        collector.add(
            Fragment(
                type: type, identifier: identifier.normalised, provider: .azure, scope: identifier.scope,
                region: body["location"]?.stringValue.map { $0.lowercased().filter { $0 != " " } },
                name: body["name"]?.stringValue ?? identifier.name,
                apiVersion: apiVersion ?? body["apiVersion"]?.stringValue, body: body,
                origin: source.origin(at: tree.position)))
    }

    /// The body in the spelling and with the scalars of the type's table, without empty members of the envelope.
    func canonical(
        _ tree: Tree, type: String, _ form: Form, from source: ExportSource, into collector: inout Collector
    ) -> Tree {
        var pass = ShapePass(type: type, keepsNull: false)
        var body = withProperties(tree, type: type, form, from: source, into: &collector)
        if let entry = tables.azure[type.lowercased()] {
            body = pass.shaped(body, as: entry.shape, at: DocumentPath()) ?? body
            if form != .single {
                for path in entry.listOmits where body[path] == nil { body.set(.unknown(.notCollected), at: path) }
            }
        }
        body = withoutNullEnvelope(body)
        if body["type"]?.stringValue != nil { body["type"] = .string(type) }
        collector.take(pass.diagnostics, in: source)
        return body
    }

    /// The table's spelling of the type that the document or its id gives; the document's own where no table has it.
    private func type(of tree: Tree, _ identifier: ARMIdentifier) -> String {
        let given = tree["type"]?.stringValue
        for candidate in [given, identifier.type] {
            if let spelling = candidate.flatMap({ tables.azure[$0.lowercased()]?.type }) { return spelling }
        }
        if let given, given.contains("/") { return given }
        return identifier.type ?? given ?? "Microsoft.Resources/unknown"
    }

    /// Stands an unknown in for `properties` where the form of the export leaves it out or mixes it with the rest.
    private func withProperties(
        _ tree: Tree, type: String, _ form: Form, from source: ExportSource, into collector: inout Collector
    ) -> Tree {
        let properties = tree["properties"]
        if let properties, properties.content != .null {
            if properties.members == nil, !properties.isUnknown {
                collector.report(
                    "shape-wrong-type", .error, "`properties` of `\(type)` is \(properties.label), expected an object",
                    in: source, at: properties.position)
                var body = tree
                body["properties"] = Tree(.unknown(.unmapped), at: properties.position)
                return body
            }
            return tree
        }
        if let entry = tables.azure[type.lowercased()], entry.shape.member("properties") == nil,
            case .object = entry.shape
        {
            return tree
        }
        let extra = (tree.members ?? []).filter {
            $0.value.content != .null && !tables.azureRecognition.envelope.contains($0.key.lowercased())
        }
        var body = tree
        if extra.isEmpty {
            body["properties"] = .unknown(.notCollected)
            return body
        }
        let names = extra.prefix(8).map { "`\($0.key)`" }.joined(separator: ", ")
        if form == .row {
            body["properties"] = .unknown(.notCollected)
            reportOnce(
                "shape-projected-export", .warning,
                "the query projects columns of its own instead of `properties` of \(type); not used: \(names)",
                key: type, from: source, at: tree.position,
                hint: "project `id, name, type, location, tags, properties`", into: &collector)
        } else {
            body["properties"] = .unknown(.unmapped)
            reportOnce(
                "shape-flattened-export", .error,
                "the export of \(type) is flattened by a service command; not used: \(names)", key: type, from: source,
                at: tree.position, hint: "export with `az resource show --ids <id>` or `az rest --method get`",
                into: &collector)
        }
        let dropped = Set(extra.map(\.key))
        body.content = .object((body.members ?? []).filter { !dropped.contains($0.key) })
        return body
    }

    private func withoutNullEnvelope(_ body: Tree) -> Tree {
        guard let members = body.members else { return body }
        return Tree(.object(members.filter { $0.value.content != .null }), at: body.position)
    }

    private func reportOnce(
        _ code: String, _ severity: Diagnostic.Severity, _ message: String, key: String, from source: ExportSource,
        at position: SourcePosition?, hint: String? = nil, into collector: inout Collector
    ) {
        guard collector.seen.insert("\(code)|\(source.file)|\(key)").inserted else { return }
        collector.report(code, severity, message, in: source, at: position, hint: hint)
    }
}

extension String {
    /// True for 8-4-4-4-12 hexadecimal digits.
    var isGUID: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy { byte in Character(UnicodeScalar(byte)).isHexDigit } }
    }
}
