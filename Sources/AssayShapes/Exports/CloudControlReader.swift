import AssayCore

/// Reads AWS Cloud Control's `GetResource` and `ListResources`, whose properties are CloudFormation's own.
struct CloudControlReader {
    let tables: ShapeTables

    /// Reads a document; false when it is not Cloud Control's.
    func read(_ tree: Tree, from source: ExportSource, into collector: inout Collector) -> Bool {
        guard let typeName = tree["TypeName"]?.stringValue else { return false }
        let isList = tree["ResourceDescriptions"] != nil
        guard let descriptions = tree["ResourceDescriptions"]?.elements ?? tree["ResourceDescription"].map({ [$0] })
        else {
            return false
        }
        collector.understand(source.file)
        var source = source
        source.call = "aws cloudcontrol \(isList ? "list-resources" : "get-resource")"
        for description in descriptions {
            read(description, typeName, isList: isList, from: source, into: &collector)
        }
        if tree["NextToken"]?.stringValue?.isEmpty == false {
            collector.report(
                "shape-incomplete-page", .warning, "the file holds one page of several (`NextToken` is set)",
                in: source,
                at: tree.position, hint: "export every page; what is not in the files is unknown")
        }
        return true
    }

    private func read(
        _ description: Tree, _ typeName: String, isList: Bool, from source: ExportSource,
        into collector: inout Collector
    ) {
        guard let identifier = description["Identifier"]?.stringValue, let text = description["Properties"] else {
            collector.report(
                "shape-wrong-type", .warning, "a description of `\(typeName)` has no `Identifier` and `Properties`",
                in: source, at: description.position)
            return
        }
        guard let body = text.members == nil ? EmbeddedJSON.parse(text) : text, body.members != nil else {
            collector.report(
                "shape-wrong-type", .error, "`Properties` of a `\(typeName)` is not a JSON object", in: source,
                at: text.position)
            return
        }
        let place = AnswerPlace(file: source.file, tables: tables)
        let known = tables.aws[typeName.lowercased()]
        var fragment: Fragment
        if let known {
            let subject = body[known.identifier]?.stringValue ?? identifier
            fragment = AWSFragments.fragment(
                type: known, subject: subject, body: body, covers: known.declarable, from: source,
                at: description.position, into: &collector)
        } else {
            let arn = body["Arn"]?.stringValue.flatMap { $0.hasPrefix("arn:") ? $0 : nil }
            fragment = Fragment(
                type: typeName, identifier: identifier, provider: .aws, arn: arn,
                account: arn.flatMap { ARNTemplate.account(in: $0) },
                region: arn.flatMap { ARNTemplate.region(in: $0) },
                body: body, origin: source.origin(at: description.position))
        }
        // A list handler may return no more than the identifier.
        fragment.isPartial = isList
        if isList { fragment.covers = .none }
        fragment.account = fragment.account ?? place.account
        fragment.region = fragment.region ?? place.region
        collector.add(fragment)
    }
}
