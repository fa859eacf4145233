import AssayCore

/// Reads what the AWS command line's describe, get and list calls print, known by their top-level keys.
struct AnswerReader {
    let tables: ShapeTables

    /// Keys that any answer may have.
    private static let noise: Set<String> = [
        "NextToken", "nextToken", "Marker", "NextMarker", "IsTruncated", "ResponseMetadata", "MaxItems",
        "RequestCharged",
        "Truncated",
    ]

    /// Reads a document; false when its keys are those of no answer.
    func read(_ tree: Tree, from source: ExportSource, into collector: inout Collector) -> Bool {
        var place = AnswerPlace(file: source.file, tables: tables)
        if let answer = tree["answer"], tree["subject"] != nil || tree["call"] != nil {
            place.take(wrapper: tree)
            return read(answer, at: place, from: source, into: &collector)
        }
        return read(tree, at: place, from: source, into: &collector)
    }

    private func read(
        _ tree: Tree, at place: AnswerPlace, from source: ExportSource, into collector: inout Collector
    ) -> Bool {
        guard let members = tree.members else { return false }
        if let error = tree["Error"], let code = error["Code"]?.stringValue {
            readError(code, error["Message"]?.stringValue, at: place, from: source, tree.position, into: &collector)
            return true
        }
        let keys = members.filter { $0.value.content != .null && !Self.noise.contains($0.key) }.map(\.key)
        var candidates = tables.answers.filter { matches($0, tree, keys: keys, place: place) }
        let named = candidates.filter { $0.operation == place.operation }
        if !named.isEmpty { candidates = named }
        if candidates.count > 1, let service = place.service {
            let ofService = candidates.filter { $0.service == service }
            if !ofService.isEmpty { candidates = ofService }
        }
        if candidates.count > 1, place.subject != nil {
            let ofSubject = candidates.filter { $0.needsSubject }
            if !ofSubject.isEmpty { candidates = ofSubject }
        }
        if candidates.count > 1, let most = candidates.map(\.keys.count).max() {
            candidates = candidates.filter { $0.keys.count == most }
        }
        guard let answer = candidates.first else { return false }
        collector.understand(source.file)
        if candidates.count > 1 {
            guard candidates.contains(where: { !elements(of: $0, in: tree).isEmpty }) else {
                collector.reportEmpty("the answer of `\(answer.call)` or its like", in: source, at: tree.position)
                return true
            }
            collector.failed.insert(source.file)
            collector.report(
                "shape-ambiguous", .error,
                "the answer can be from \(candidates.map { "`\($0.call)`" }.joined(separator: ", "))", in: source,
                at: tree.position, hint: "name the file after the call, such as `\(answer.operation).json`")
            return true
        }
        var source = source
        source.call = "aws \(answer.call)"
        if let token = ["NextToken", "nextToken", "Marker", "NextMarker"].first(where: {
            tree[$0]?.stringValue?.isEmpty == false
        }) {
            collector.report(
                "shape-incomplete-page", .warning, "the file holds one page of several (`\(token)` is set)", in: source,
                at: tree.position, hint: "export every page; what is not in the files is unknown")
        }
        if answer.operation == "get-credential-report" {
            CredentialReport.read(tree, from: source, place: place, into: &collector)
            return true
        }
        if answer.operation == "get-caller-identity", let account = tree["Account"]?.stringValue {
            collector.callers[source.folder] = account
        }
        var count = 0
        for reading in answer.readings {
            for element in elements(of: reading, in: tree) {
                read(element, reading, answer, at: place, from: source, into: &collector)
                count += 1
            }
        }
        if count == 0 { collector.reportEmpty("the answer of `\(answer.call)`", in: source, at: tree.position) }
        return true
    }

    private func matches(_ answer: AnswerShape, _ tree: Tree, keys: [String], place: AnswerPlace) -> Bool {
        if keys.isEmpty { return answer.mayBeEmpty && answer.operation == place.operation }
        guard answer.keys.allSatisfy({ keys.contains($0) }),
            keys.allSatisfy({ answer.keys.contains($0) || answer.optional.contains($0) })
        else { return false }
        for (key, kind) in answer.kinds {
            guard let value = tree[key] else { continue }
            if value.label != kind { return false }
        }
        guard !answer.elementHas.isEmpty, let first = firstElement(of: answer, in: tree) else { return true }
        return answer.elementHas.contains { first[$0] != nil } || first.members == nil
    }

    // MARK: Elements

    /// An element and the account that an object around it names.
    private struct Element {
        let value: Tree
        let owner: String?
    }

    /// The first element that is walked, or of the first key's list where the answer is read as a whole.
    private func firstElement(of answer: AnswerShape, in tree: Tree) -> Tree? {
        guard let reading = answer.readings.first else { return nil }
        if reading.each.isEmpty, let key = answer.keys.first { return tree[key]?.elements?.first }
        return elements(of: reading, in: tree).first?.value
    }

    private func elements(of answer: AnswerShape, in tree: Tree) -> [Element] {
        answer.readings.first.map { elements(of: $0, in: tree) } ?? []
    }

    private func elements(of reading: AnswerShape.Reading, in tree: Tree) -> [Element] {
        var current = [Element(value: tree, owner: nil)]
        for name in reading.each {
            current = current.flatMap { element -> [Element] in
                guard let next = element.value[name], next.content != .null else { return [] }
                let owner = element.value["OwnerId"]?.stringValue ?? element.owner
                guard let list = next.elements else { return [Element(value: next, owner: owner)] }
                return list.map { Element(value: $0, owner: owner) }
            }
        }
        return current
    }

    private func read(
        _ element: Element, _ reading: AnswerShape.Reading, _ answer: AnswerShape, at place: AnswerPlace,
        from source: ExportSource, into collector: inout Collector
    ) {
        guard let type = tables.aws[reading.type.lowercased()] else { return }
        var value = element.value
        // A list of bare names or ids: each is its own subject.
        if reading.isPartial, let text = value.stringValue, case .members(let names) = reading.subject,
            let name = names.first
        {
            value = Tree(.object([.init(name, .string(text))]), at: value.position)
        }
        guard value.members != nil else {
            collector.report(
                "shape-wrong-type", .warning, "an element of `\(answer.call)` is \(value.label), expected an object",
                in: source, at: value.position)
            return
        }
        guard
            let subject = subject(of: value, reading, answer, at: place, from: source, into: &collector)
        else { return }
        var pass = MappingPass(label: "`\(answer.call)`")
        var body = pass.mapped(value, by: reading.mapping ?? type.api) ?? Tree.object([])
        collector.take(pass.diagnostics, in: source)
        if !reading.put.isEmpty, body.members?.isEmpty == true {
            body = Tree(.object([]), at: value.position)
        } else if !reading.put.isEmpty {
            var outer = Tree(.object([]), at: value.position)
            outer.set(body, at: DocumentPath(steps: reading.put.map { .key($0) }))
            body = outer
        }
        for (key, added) in reading.adds where body[key] == nil { body[key] = added }
        var covers = reading.covers
        for rule in reading.absentWhen where value[rule.member]?.content == rule.equals.content {
            covers = covers.union(.parts(Set(rule.parts)))
        }
        add(
            body, subject: subject, owner: element.owner, reading, type, covers: covers, at: place, from: source,
            call: answer.call, into: &collector)
    }

    private func subject(
        of value: Tree, _ reading: AnswerShape.Reading, _ answer: AnswerShape, at place: AnswerPlace,
        from source: ExportSource, into collector: inout Collector
    ) -> String? {
        switch reading.subject {
        case .account, .region: return ""
        case .members(let names):
            if let text = names.lazy.compactMap({ value[$0]?.stringValue }).first(where: { !$0.isEmpty }) {
                return text
            }
            if let subject = place.subject { return subject }
        case .outside:
            if let subject = place.subject { return subject }
        }
        collector.failed.insert(source.file)
        let service = answer.service == "s3api" ? "s3" : answer.service
        collector.report(
            "shape-subject-missing", .error, "the answer of `\(answer.call)` does not say what it is about", in: source,
            at: value.position,
            hint:
                "name the file `\(answer.operation).<name>.json` or `\(service)/<name>/\(answer.operation).json`, or wrap "
                + "it as {\"call\": \"\(answer.call)\", \"subject\": \"<name>\", \"answer\": …}")
        return nil
    }

    private func add(
        _ body: Tree, subject: String, owner: String?, _ reading: AnswerShape.Reading, _ type: AWSType,
        covers: Coverings, at place: AnswerPlace, from source: ExportSource, call: String,
        into collector: inout Collector
    ) {
        var fragment = AWSFragments.fragment(
            type: type, subject: subject, body: body, covers: covers, from: source, at: body.position, into: &collector)
        fragment.account = fragment.account ?? owner.flatMap { $0.isAccountID ? $0 : nil } ?? place.account
        fragment.isPartial = reading.isPartial
        fragment.region = fragment.region ?? place.region
        if let parent = reading.parent, let parentType = tables.aws[parent.type.lowercased()] {
            var presence = AWSFragments.fragment(
                type: parentType, subject: subject, body: .object([]), covers: .none, from: source, at: body.position,
                into: &collector)
            presence.account = fragment.account
            presence.isPartial = true
            presence.region = fragment.region
            if fragment.body[parent.property] == nil { fragment.body[parent.property] = .string(presence.identifier) }
            collector.add(presence)
            collector.childCoverage.append(
                ChildCoverage(
                    collection: type.type, parentType: parentType.type, parent: presence.identifier, state: .read,
                    count: 1,
                    call: source.call, code: nil, message: nil))
        }
        collector.add(fragment)
    }

    // MARK: Errors

    /// An error in place of an answer; what it is about can only come from the place.
    func readError(
        _ code: String, _ message: String?, at place: AnswerPlace, from source: ExportSource,
        _ position: SourcePosition?,
        into collector: inout Collector
    ) {
        collector.understand(source.file)
        var candidates = tables.answers.filter {
            $0.operation == place.operation && (place.service == nil || $0.service == place.service)
        }
        if candidates.count > 1, place.subject != nil { candidates = candidates.filter(\.needsSubject) }
        let answer =
            candidates.first { $0.absentCodes.contains(code) }
            ?? (Set(candidates.map(\.call)).count == 1 ? candidates.first : nil)
        let isDenied = tables.deniedCodes.contains(code)
        guard let answer else {
            collector.failed.insert(source.file)
            collector.report(
                isDenied ? "shape-call-denied" : "shape-call-failed", .error,
                "the file holds the error `\(code)` of a call that it does not name", in: source, at: position,
                hint: "name the file after the call, such as `get-bucket-policy.<bucket>.json`")
            return
        }
        var source = source
        source.call = "aws \(answer.call)"
        let isAbsent = answer.absentCodes.contains(code)
        if !isAbsent {
            collector.failed.insert(source.file)
            collector.report(
                isDenied ? "shape-call-denied" : "shape-call-failed", .warning, "`\(answer.call)` answered `\(code)`",
                in: source, at: position,
                hint: isDenied ? "give the exporting identity read permission and export again" : nil)
        }
        for reading in answer.readings {
            guard let type = tables.aws[reading.type.lowercased()] else { continue }
            readError(
                reading, type, answer, isAbsent: isAbsent, isDenied: isDenied, code: code, message: message, at: place,
                from: source, position, into: &collector)
        }
    }

    private func readError(
        _ reading: AnswerShape.Reading, _ type: AWSType, _ answer: AnswerShape, isAbsent: Bool, isDenied: Bool,
        code: String, message: String?, at place: AnswerPlace, from source: ExportSource, _ position: SourcePosition?,
        into collector: inout Collector
    ) {
        let state: Coverage.State = isAbsent ? .read : isDenied ? .denied : .failed
        if case .members = reading.subject, place.subject == nil || !reading.each.isEmpty {
            guard !isAbsent else { return }
            collector.listCoverage.append(
                ListCoverage(
                    type: type.type, file: source.file, account: place.account, region: place.region, state: state,
                    call: source.call, code: code, message: message))
            return
        }
        let nothing = Tree(.object([]), at: position)
        guard let subject = subject(of: nothing, reading, answer, at: place, from: source, into: &collector) else {
            return
        }
        let subjectType = reading.parent.flatMap { tables.aws[$0.type.lowercased()] } ?? type
        var body = nothing
        if isAbsent { for (key, added) in reading.addsWhenAbsent { body[key] = added } }
        var fragment = AWSFragments.fragment(
            type: subjectType, subject: subject, body: body,
            covers: isAbsent && reading.parent == nil ? reading.covers : .none, from: source, at: position,
            into: &collector)
        fragment.account = fragment.account ?? place.account
        fragment.region = fragment.region ?? place.region
        fragment.isPartial = reading.isPartial || reading.parent != nil
        if reading.parent != nil {
            collector.childCoverage.append(
                ChildCoverage(
                    collection: type.type, parentType: subjectType.type, parent: fragment.identifier, state: state,
                    count: isAbsent ? 0 : nil, call: source.call, code: code, message: isAbsent ? nil : message))
        } else if !isAbsent {
            // An account-wide document that could not be read is no document.
            guard case .parts(let parts) = reading.covers, !parts.isEmpty else {
                collector.listCoverage.append(
                    ListCoverage(
                        type: type.type, file: source.file, account: fragment.account, region: fragment.region,
                        state: state, call: source.call, code: code, message: message))
                return
            }
            fragment.hidden = parts.sorted().map { ($0, isDenied ? .denied : .failed) }
        }
        collector.add(fragment)
    }
}
