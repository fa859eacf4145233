import AssayCore

/// Reads AWS Config: snapshot and history files, what `get-resource-config-history`, `batch-get-resource-config` and
/// `select-resource-config` print, and delivered notifications.
struct ConfigReader {
    let tables: ShapeTables

    /// Reads a document; false when it holds no configuration items.
    func read(_ tree: Tree, from source: ExportSource, into collector: inout Collector) -> Bool {
        let items: [Tree]
        if let list = tree["configurationItems"] ?? tree["baseConfigurationItems"] {
            guard let elements = list.elements else { return false }
            items = elements
        } else if let item = tree["configurationItem"], item.members != nil {
            items = [item]
        } else if let rows = tree["Results"]?.elements, tree["QueryInfo"] != nil {
            items = rows.map { EmbeddedJSON.parse($0) ?? $0 }
        } else if tree["resourceType"]?.stringValue?.contains("::") == true,
            tree["configuration"] != nil || tree["configurationItemStatus"] != nil
        {
            items = [tree]
        } else {
            return false
        }
        collector.understand(source.file)
        for item in items { read(item: item, from: source, into: &collector) }
        if tree["nextToken"]?.stringValue?.isEmpty == false || tree["NextToken"]?.stringValue?.isEmpty == false {
            collector.report(
                "shape-incomplete-page", .warning, "the file holds one page of several (`nextToken` is set)",
                in: source,
                at: tree.position, hint: "export every page; what is not in the files is unknown")
        }
        return true
    }

    private func read(item: Tree, from source: ExportSource, into collector: inout Collector) {
        guard let typeName = item["resourceType"]?.stringValue,
            let id = item["resourceId"]?.stringValue ?? item["resourceName"]?.stringValue
        else {
            collector.report(
                "shape-wrong-type", .warning, "a configuration item has no `resourceType` and `resourceId`", in: source,
                at: item.position)
            return
        }
        var source = source
        source.at = item["configurationItemCaptureTime"]?.stringValue
        if source.call == nil { source.call = "AWS Config" }
        let known = tables.config[typeName.lowercased()]
        let isDeletion = (item["configurationItemStatus"]?.stringValue ?? "").hasPrefix("ResourceDeleted")
        let configuration = item["configuration"].flatMap { EmbeddedJSON.parse($0) ?? $0 }
        guard let type = known else {
            let key = "config|\(source.file)|\(typeName)"
            guard collector.seen.insert(key).inserted else { return }
            collector.report(
                "shape-type-unmapped", .warning, "configuration items of `\(typeName)` have no table and are not used",
                in: source, at: item.position, hint: "export these resources with `aws cloudcontrol get-resource`")
            return
        }
        var body = Tree(.object([]), at: item.position)
        var covers = type.config?.covers ?? type.declarable
        if let configuration, configuration.members != nil {
            var pass = MappingPass(label: "configuration item `\(typeName)`")
            body = pass.mapped(configuration, by: type.api) ?? body
            collector.take(pass.diagnostics, in: source)
        } else if !isDeletion {
            if let configuration, configuration.content != .null {
                collector.report(
                    "shape-wrong-type", .error,
                    "`configuration` of a `\(typeName)` is \(configuration.label), expected an object", in: source,
                    at: configuration.position)
            }
            covers = .none
            if case .object(let members) = type.shape {
                for name in members.keys.sorted() {
                    members[name].map { body[$0.spelling] = .unknown(configuration == nil ? .notCollected : .unmapped) }
                }
            }
        }
        addSupplementary(item, type, to: &body, covers: &covers, from: source, into: &collector)
        if body["Tags"] == nil, let tags = item["tags"], type.shape.member("Tags") != nil {
            var entries: [Tree] = []
            for tag in tags.members ?? [] {
                entries.append(.object([("Key", .string(tag.key)), ("Value", tag.value)]))
            }
            for tag in tags.elements ?? [] {
                guard let key = tag["key"] ?? tag["Key"], let value = tag["value"] ?? tag["Value"] else { continue }
                entries.append(.object([("Key", key), ("Value", value)]))
            }
            body["Tags"] = Tree(.array(entries), at: tags.position)
        }
        var fragment = AWSFragments.fragment(
            type: type, subject: body[type.identifier]?.stringValue ?? id, body: body, covers: covers, from: source,
            at: item.position, into: &collector)
        fragment.arn = (item["arn"] ?? item["ARN"])?.stringValue ?? fragment.arn
        fragment.account = (item["awsAccountId"] ?? item["accountId"])?.stringValue ?? fragment.account
        let region = item["awsRegion"]?.stringValue
        fragment.region = region == "global" ? fragment.region : region ?? fragment.region
        fragment.name = item["resourceName"]?.stringValue ?? fragment.name
        fragment.captured = source.at ?? ""
        fragment.isDeletion = isDeletion
        collector.add(fragment)
        addPolicy(of: item, fragment, from: source, into: &collector)
    }

    private func addSupplementary(
        _ item: Tree, _ type: AWSType, to body: inout Tree, covers: inout Coverings, from source: ExportSource,
        into collector: inout Collector
    ) {
        guard let supplementary = item["supplementaryConfiguration"], let members = supplementary.members else {
            return
        }
        // The command line prints each member as text that holds JSON.
        let parsed = Tree(
            .object(members.map { Tree.Member($0.key, EmbeddedJSON.parse($0.value) ?? $0.value) }),
            at: supplementary.position)
        var pass = MappingPass(label: "configuration item `\(type.type)`")
        let mapping = type.config?.supplementary ?? PropertyMapping()
        for member in pass.mapped(parsed, by: mapping, carriesRest: false)?.members ?? [] where body[member.key] == nil
        {
            body[member.key] = member.value
        }
        collector.take(pass.diagnostics, in: source)
        let unused = members.filter { mapping.rules[$0.key.lowercased()] == nil }.map { "`\($0.key)`" }
        guard !unused.isEmpty, collector.seen.insert("supplementary|\(source.file)|\(type.type)").inserted else {
            return
        }
        collector.report(
            "shape-member-unused", .note,
            "supplementary members of \(type.type) are not used: \(unused.joined(separator: ", "))",
            in: source, at: supplementary.position)
    }

    /// A bucket's policy stands in its item; CloudFormation has it as a resource of its own.
    private func addPolicy(
        of item: Tree, _ bucket: Fragment, from source: ExportSource, into collector: inout Collector
    ) {
        guard bucket.type == "AWS::S3::Bucket", !bucket.isDeletion,
            let holder = item["supplementaryConfiguration"]?["BucketPolicy"],
            let type = tables.aws["aws::s3::bucketpolicy"]
        else { return }
        let policy = EmbeddedJSON.parse(holder) ?? holder
        let text = policy["policyText"]
        let isSet = text?.stringValue.map { !$0.isEmpty } ?? (text?.members != nil)
        collector.childCoverage.append(
            ChildCoverage(
                collection: type.type, parentType: bucket.type, parent: bucket.identifier, state: .read,
                count: isSet ? 1 : 0, call: source.call, code: nil, message: nil))
        guard isSet, let text else { return }
        var fragment = AWSFragments.fragment(
            type: type, subject: bucket.identifier,
            body: Tree(
                .object([.init("Bucket", .string(bucket.identifier)), .init("PolicyDocument", text)]),
                at: holder.position),
            covers: .all, from: source, at: holder.position, into: &collector)
        fragment.account = bucket.account
        fragment.region = bucket.region
        fragment.captured = bucket.captured
        collector.add(fragment)
    }
}
