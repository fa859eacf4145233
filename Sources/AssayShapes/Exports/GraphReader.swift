import AssayCore

/// Reads Microsoft Graph answers, whose elements have no type: it follows from `@odata.context` or `@odata.type`.
struct GraphReader {
    let tables: ShapeTables

    /// `@odata.context` taken apart.
    struct Context {
        /// The path after `$metadata#` in lower case, without ids.
        let path: String
        /// The properties of a `$select`; nil when there was none.
        let selected: Set<String>?

        init?(_ text: String) {
            guard let hash = text.firstRange(of: "$metadata#") else { return nil }
            var path = ""
            var group = ""
            var selected: Set<String>?
            var depth = 0
            for character in text[hash.upperBound...] {
                switch character {
                case "(":
                    if depth == 0 { group = "" } else { group.append(character) }
                    depth += 1
                case ")" where depth > 0:
                    depth -= 1
                    guard depth == 0 else {
                        group.append(character)
                        continue
                    }
                    if group.hasPrefix("microsoft.graph.") {
                        path += "(\(group))"
                    } else if !group.isEmpty, !group.hasPrefix("'"), !group.isGUID {
                        selected = Set(group.split(separator: ",").map { $0.lowercased() })
                    }
                default: if depth > 0 { group.append(character) } else { path.append(character) }
                }
            }
            if path.hasSuffix("/$entity") { path.removeLast("/$entity".count) }
            self.path = path.lowercased()
            self.selected = selected
        }
    }

    /// True when the document says that it comes from Graph, or has the members of an object that only Graph has.
    func isGraph(_ tree: Tree) -> Bool {
        if let context = tree["@odata.context"]?.stringValue {
            return ARMIdentifier.host(of: context)?.contains("graph.microsoft") == true
        }
        guard let first = tree["value"]?.elements?.first ?? tree.elements?.first else { return isGraphElement(tree) }
        return isGraphElement(first)
    }

    private func isGraphElement(_ element: Tree) -> Bool {
        element["@odata.type"]?.stringValue?.hasPrefix("#microsoft.graph.") == true
            || element["properties"] == nil && typeByKeys(element) != nil
    }

    private func typeByKeys(_ element: Tree) -> GraphShape? {
        tables.graph.first { shape in !shape.keys.isEmpty && shape.keys.allSatisfy { element[$0] != nil } }
    }

    /// Reads a document of Graph; false when its context names no collection that a table has.
    func read(_ tree: Tree, from source: ExportSource, into collector: inout Collector) -> Bool {
        let context = tree["@odata.context"]?.stringValue.flatMap { Context($0) }
        guard let elements = tree.elements ?? tree["value"]?.elements else {
            return readElement(tree, context, from: source, into: &collector)
        }
        var understood = elements.isEmpty && context.map { type(of: tree, $0) != nil } == true
        for element in elements {
            if readElement(element, context, from: source, into: &collector) { understood = true }
        }
        guard understood else { return false }
        collector.understand(source.file)
        if elements.isEmpty, source.call == nil {
            collector.reportEmpty("the list of `\(context?.path ?? "")`", in: source, at: tree.position)
        }
        if let path = context?.path,
            path == "directoryobjects" || path.hasSuffix("/members") || path.hasSuffix("/owners")
        {
            collector.report(
                "shape-relation-lost", .warning, "the answer lists members or owners but does not say of what",
                in: source,
                at: tree.position, hint: "export with `$expand=members` so that the parent names them")
        }
        if source.call == nil, tree["@odata.nextLink"]?.stringValue != nil {
            collector.report(
                "shape-incomplete-page", .warning, "the file holds one page of several (`@odata.nextLink` is set)",
                in: source, at: tree.position, hint: "export every page; what is not in the files is unknown")
        }
        return true
    }

    /// The type that the element's own mark or the context gives; nil when no table has it.
    func type(of element: Tree, _ context: Context?) -> AzureType? {
        let mark = element["@odata.type"]?.stringValue?.lowercased()
        let shape =
            mark.flatMap { mark in tables.graph.first { $0.elementType == mark } }
            ?? context.flatMap { context in tables.graph.first { $0.context == context.path } }
            ?? (context == nil ? typeByKeys(element) : nil)
        return shape.flatMap { tables.azure[$0.type.lowercased()] }
    }

    private func readElement(
        _ element: Tree, _ context: Context?, from source: ExportSource, into collector: inout Collector
    ) -> Bool {
        guard let type = type(of: element, context), element.members != nil else {
            if element.members == nil {
                collector.report(
                    "shape-wrong-type", .warning, "the element is \(element.label), expected an object", in: source,
                    at: element.position)
            }
            return false
        }
        let id = element["id"]?.stringValue?.lowercased()
        guard let id = id ?? (type.isSingleton ? "" : nil) else {
            collector.report(
                "shape-wrong-type", .warning, "an element of \(type.type) has no `id` and is not used", in: source,
                at: element.position)
            return true
        }
        var pass = ShapePass(type: type.type, keepsNull: true)
        var body = pass.shaped(element, as: type.shape, at: DocumentPath()) ?? element
        if let selected = context?.selected, case .object(let known) = type.shape {
            for name in known.keys.sorted() where !selected.contains(name) {
                guard let spelling = known[name]?.spelling, body[spelling] == nil, spelling != "id" else { continue }
                body[spelling] = .unknown(.notCollected)
            }
        } else {
            for name in type.onlySelected where body[name] == nil { body[name] = .unknown(.notCollected) }
        }
        collector.take(pass.diagnostics, in: source)
        if type.type == "microsoft.graph/organization", id.isGUID {
            collector.tenants[source.folder] = id
            collector.add(
                Fragment(
                    type: "Assay::Azure::Tenant", identifier: "/tenants/\(id)", provider: .entra,
                    scope: ["/tenants/\(id)"], name: id,
                    body: .object([("tenantId", .string(id)), ("displayName", body["displayName"] ?? .string(id))]),
                    origin: source.origin(at: element.position)))
        }
        collector.add(
            Fragment(
                type: type.type, identifier: type.isSingleton ? type.type.lowercased() : id, provider: .entra,
                name: body["displayName"]?.stringValue ?? body["userPrincipalName"]?.stringValue ?? id, body: body,
                origin: source.origin(at: element.position)))
        return true
    }
}
