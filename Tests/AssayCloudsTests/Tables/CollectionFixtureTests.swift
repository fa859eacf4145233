import AssayCore
import AssayShapes
import Testing

@testable import AssayClouds

@Suite("answers of collections")
struct CollectionFixtureTests {
    private static let tenant = "00000000-0000-0000-0000-000000000001"

    /// True when the text is the template with its placeholders filled in.
    static func matches(_ text: String, _ template: String) -> Bool {
        guard let open = template.firstIndex(of: "{") else { return text == template }
        let before = template[..<open]
        guard text.hasPrefix(before), let close = template[open...].firstIndex(of: "}") else { return false }
        let name = template[open...close]
        let rest = String(template[template.index(after: close)...])
        let value = text.dropFirst(before.count)
        // An id is a path of its own; the others are one segment or one value.
        let isPath = name == "{id}" || name == "{above}"
        var end = value.startIndex
        while end < value.endIndex {
            if !isPath, "/&?".contains(value[end]) { return false }
            end = value.index(after: end)
            if matches(String(value[end...]), rest) { return true }
        }
        return false
    }

    private static func template(_ entry: CollectionEntry) -> String {
        let version =
            entry.apiVersion.isEmpty ? "" : (entry.path.contains("?") ? "&" : "?") + "api-version=\(entry.apiVersion)"
        return "\(entry.form == .post ? "POST" : "GET") \(entry.path)\(version)"
    }

    @Test("every collection has an answer, and every answer a collection")
    func isComplete() throws {
        let fixtures = Set(try CatalogueFiles.fixtures().keys)
        let types = Set(try CatalogueFiles.table().entries.map(\.type))
        #expect(types.subtracting(fixtures).isEmpty)
        #expect(fixtures.subtracting(types).isEmpty)
        #expect(fixtures.count >= 300)
    }

    @Test("every answer is one to the call that its collection makes")
    func requests() throws {
        let entries = Dictionary(grouping: try CatalogueFiles.table().entries) { $0.type }
        for (type, fixture) in try CatalogueFiles.fixtures() {
            let templates = (entries[type] ?? []).map(Self.template)
            #expect(
                templates.contains { Self.matches(fixture.request, $0) },
                "\(type): `\(fixture.request)` is none of \(templates)")
            #expect(fixture.document["status"]?.numberText == "200", "\(type)")
        }
    }

    @Test("every element becomes a resource of its own, and nothing about it is odd")
    func shapes() throws {
        let shaper = LiveShaper(
            tables: try CatalogueFiles.shapes(), redactor: Redactor(key: Array(repeating: 7, count: 32)))
        let entries = Dictionary(grouping: try CatalogueFiles.table().entries) { $0.type }
        var shaped = 0
        for (type, fixture) in try CatalogueFiles.fixtures() {
            let templates = (entries[type] ?? []).filter { Self.matches(fixture.request, Self.template($0)) }
            let entry = try #require(templates.first ?? entries[type]?.first)
            #expect(!fixture.elements.isEmpty, "\(type)")
            var ids: [String] = []
            for element in fixture.elements {
                let outcome = Self.outcome(
                    shaper, element, entry, fixture.request, entry.form == .get ? .single : .listed)
                #expect(outcome.diagnostics.isEmpty, "\(type): \(outcome.diagnostics)")
                #expect(outcome.resource?.type == type, "\(type)")
                if let id = outcome.resource?.id { ids.append(id) }
                if let id = element["id"]?.stringValue, entry.service == .arm, entry.identifier.isEmpty {
                    // Settings of the activity log come without the first slash.
                    let whole = (id.hasPrefix("/") ? "" : "/") + id.lowercased()
                    #expect(outcome.resource?.id.hasPrefix(whole) == true, "\(type): \(id)")
                }
            }
            #expect(Set(ids).count == fixture.elements.count, "\(type): \(ids)")
            shaped += ids.count
            if entry.needsDetail {
                let detail = try #require(fixture.document["detail"], "\(type)")
                let answer = try #require(detail["response"], "\(type)")
                let outcome = Self.outcome(shaper, answer, entry, detail["request"]?.stringValue ?? "", .single)
                #expect(outcome.diagnostics.isEmpty, "\(type): \(outcome.diagnostics)")
                #expect(
                    outcome.resource.map { ids.contains($0.id) } == true, "\(type): the detail is of no listed element")
            }
        }
        #expect(shaped >= 300)
    }

    private static func outcome(
        _ shaper: LiveShaper, _ element: Tree, _ entry: CollectionEntry, _ request: String, _ form: LiveShaper.Form
    ) -> LiveShaper.Outcome {
        let path = request.split(separator: " ").last.map(String.init) ?? ""
        let place = LiveShaper.Place(
            scope: ["/tenants/\(tenant)"], call: request, at: "2026-06-30T12:00:00Z", apiVersion: entry.apiVersion,
            parent: String(path.prefix { $0 != "?" }))
        guard entry.service == .arm else {
            return shaper.graphResource(
                element, type: entry.type, tenant: tenant, identifier: entry.identifier, at: place)
        }
        return shaper.armResource(
            element, type: entry.type, form: form, identifier: entry.identifier, secrets: entry.secrets, at: place)
    }

    @Test("a value that an entry calls secret is in no resource")
    func conceals() throws {
        let shaper = LiveShaper(
            tables: try CatalogueFiles.shapes(), redactor: Redactor(key: Array(repeating: 7, count: 32)))
        var checked = 0
        for entry in try CatalogueFiles.table().entries where !entry.secrets.isEmpty {
            let fixture = try #require(try CatalogueFiles.fixtures()[entry.type])
            for var element in fixture.elements {
                for path in entry.secrets {
                    let isSet = element.set(.string("hunter2 stays here"), at: path)
                    #expect(isSet, "\(entry.type)")
                }
                let outcome = Self.outcome(shaper, element, entry, fixture.request, .listed)
                let resource = try #require(outcome.resource)
                var writer = JSONWriter()
                resource.write(to: &writer)
                #expect(!String(decoding: writer.bytes, as: UTF8.self).contains("hunter2"), "\(entry.type)")
                checked += 1
            }
        }
        #expect(checked >= 2)
    }
}
