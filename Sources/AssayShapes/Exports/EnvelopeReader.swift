import AssayCore

/// Reads recorded requests: `{method, uri, status, response_body}`, one or a list in the order they were made.
///
/// An envelope says what was asked, so that a complete list proves what is not there, and a refusal is a coverage
/// record.
struct EnvelopeReader {
    let tables: ShapeTables

    /// True when the object has the shape.
    static func isEnvelope(_ tree: Tree) -> Bool {
        tree["response_body"] != nil && tree["uri"]?.stringValue != nil && tree["status"] != nil
    }

    private struct Envelope {
        let method: String
        let uri: String
        let status: Int
        let body: Tree
        let isCut: Bool
        let position: SourcePosition?

        var next: String? {
            (body["nextLink"] ?? body["@odata.nextLink"])?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        }

        /// The request without scheme, host and query, which can carry secrets.
        var call: String {
            let path = uri.prefix { $0 != "?" }
            let isManagement = ARMIdentifier(url: uri) != nil || uri.contains("://graph.microsoft")
            let start = path.firstRange(of: "://").map { path[$0.upperBound...].drop { $0 != "/" } } ?? path
            guard isManagement else { return "\(method) \(path)" }
            return "\(method) \(start)"
        }

        func query(_ name: String) -> String? {
            guard let mark = uri.firstIndex(of: "?") else { return nil }
            for pair in uri[uri.index(after: mark)...].split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard let key = parts.first?.lowercased(), key == name || key == "%24" + name.dropFirst() else {
                    continue
                }
                return parts.count == 2 ? String(parts[1]) : ""
            }
            return nil
        }
    }

    /// Reads the envelopes of one file; each that is not understood is named.
    func read(_ trees: [Tree], from source: ExportSource, into collector: inout Collector) {
        var envelopes: [Envelope] = []
        for tree in trees {
            guard let envelope = envelope(tree, from: source, into: &collector) else { continue }
            envelopes.append(envelope)
            read(envelope, from: source, into: &collector)
        }
        addPages(envelopes, into: &collector, from: source)
    }

    private func envelope(_ tree: Tree, from source: ExportSource, into collector: inout Collector) -> Envelope? {
        guard let uri = tree["uri"]?.stringValue, let body = tree["response_body"],
            let status = tree["status"].flatMap({ Int($0.numberText ?? $0.stringValue ?? "") })
        else {
            collector.report(
                "shape-wrong-type", .error, "the record has no `uri`, numeric `status` and `response_body`", in: source,
                at: tree.position)
            return nil
        }
        let cut = tree["truncated"]
        return Envelope(
            method: tree["method"]?.stringValue?.uppercased() ?? "GET", uri: uri, status: status, body: body,
            isCut: cut != nil && cut?.content != .null && cut?.boolValue != false, position: tree.position)
    }

    private func read(_ envelope: Envelope, from source: ExportSource, into collector: inout Collector) {
        var source = source
        source.call = envelope.call
        guard (200..<300).contains(envelope.status) else {
            readFailure(envelope, from: source, into: &collector)
            return
        }
        let isNothing = envelope.body.content == .null || envelope.body.stringValue?.isEmpty == true
        if envelope.method == "DELETE" || isNothing {
            collector.understand(source.file)
            collector.report(
                "shape-not-a-resource", .note,
                "the answer of `\(envelope.call)` (\(envelope.status)) shows no resource and is not used", in: source,
                at: envelope.position)
            return
        }
        let graph = GraphReader(tables: tables)
        let understood =
            graph.isGraph(envelope.body)
            ? graph.read(envelope.body, from: source, into: &collector)
            : AzureReader(tables: tables).read(
                envelope.body, from: source, apiVersion: envelope.query("api-version"), into: &collector)
        guard !understood else { return }
        collector.report(
            "shape-not-understood", .error,
            "the answer of `\(envelope.call)` has no shape that is known (\(envelope.body.keySummary))", in: source,
            at: envelope.position)
    }

    // MARK: Failures

    private func readFailure(_ envelope: Envelope, from source: ExportSource, into collector: inout Collector) {
        collector.understand(source.file)
        let error = envelope.body["error"] ?? envelope.body
        let code = error["code"]?.stringValue ?? String(envelope.status)
        let identifier = ARMIdentifier(url: envelope.uri)
        if envelope.status == 404, tables.azureRecognition.absentCodes.contains(code), let identifier,
            !identifier.isCollection
        {
            addCoverage(identifier, .read, count: 0, envelope, code: code, into: &collector)
            return
        }
        let isDenied = envelope.status == 401 || envelope.status == 403
        collector.report(
            isDenied ? "shape-call-denied" : "shape-call-failed", .warning,
            "`\(envelope.call)` answered \(envelope.status) `\(code)`", in: source, at: envelope.position,
            hint: isDenied ? "give the exporting identity read permission and export again" : nil)
        guard let identifier, identifier.type != nil else { return }
        addCoverage(
            identifier, isDenied ? .denied : .failed, count: nil, envelope, code: code,
            message: error["message"]?.stringValue, into: &collector)
    }

    // MARK: Coverage

    /// Every chain of pages that starts at an unfiltered list of one parent and reaches its end is read.
    private func addPages(_ envelopes: [Envelope], into collector: inout Collector, from source: ExportSource) {
        var lists: [String: Envelope] = [:]
        for envelope in envelopes where envelope.method == "GET" && envelope.status == 200 {
            if envelope.body["value"]?.elements != nil { lists[envelope.uri] = envelope }
        }
        let targets = Set(lists.values.compactMap(\.next))
        for head in lists.values.sorted(by: { $0.uri < $1.uri }) where !targets.contains(head.uri) {
            guard let identifier = ARMIdentifier(url: head.uri), identifier.isCollection, let type = identifier.type,
                !["$filter", "$top", "$skiptoken", "$search"].contains(where: { head.query($0) != nil }),
                !tables.azureRecognition.silentCollections.contains(type.lowercased())
            else { continue }
            var count = 0
            var pages = 0
            var isCut = false
            var visited: Set<String> = []
            var page: Envelope? = head
            while let current = page, visited.insert(current.uri).inserted {
                count += current.body["value"]?.elements?.count ?? 0
                pages += 1
                isCut = isCut || current.isCut
                page = current.next.flatMap { lists[$0] }
                if page == nil, current.next != nil { isCut = true }
            }
            addCoverage(
                identifier, isCut ? .interrupted : .read, count: isCut ? nil : count, pages: pages, head,
                into: &collector)
        }
    }

    private func addCoverage(
        _ identifier: ARMIdentifier, _ state: Coverage.State, count: Int?, pages: Int? = nil, _ envelope: Envelope,
        code: String? = nil, message: String? = nil, into collector: inout Collector
    ) {
        guard let type = identifier.type, let parent = identifier.parent else { return }
        let entry = tables.azure[type.lowercased()]
        // A list that shows only what hangs on its own parent proves nothing for what lies deeper.
        if state == .read, entry?.isDirectOnly == true, ARMIdentifier(parent).map({ $0.scope.last == parent }) == true {
            return
        }
        collector.coverage.append(
            Coverage(
                collection: entry?.type ?? type, scope: parent, state: state, count: count, pages: pages,
                call: envelope.call, code: code, message: message))
    }
}

extension Tree {
    /// The first top-level keys, or the kind, for a message.
    var keySummary: String {
        guard let members else { return label }
        guard !members.isEmpty else { return "an empty object" }
        let names = members.prefix(8).map { "`\($0.key)`" }.joined(separator: ", ")
        return "top-level keys: \(names)\(members.count > 8 ? ", …" : "")"
    }
}
