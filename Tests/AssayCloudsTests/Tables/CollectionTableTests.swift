import AssayCore
import AssayFormats
import Testing

@testable import AssayClouds
@testable import AssayShapes

@Suite("tables of collections")
struct CollectionTableTests {
    /// Every path that an entry asks for.
    private static func paths(_ entry: CollectionEntry) -> [String] {
        [entry.path] + entry.folds.map(\.path) + [entry.countPath, entry.fallback?.path].compactMap(\.self)
    }

    private static func placeholders(_ path: String) -> [String] {
        path.split(separator: "{").dropFirst().map { "{" + $0.prefix { $0 != "}" } + "}" }
    }

    // MARK: The catalogue's own

    @Test("every file of the catalogue is read, and no collection stands there twice")
    func reads() throws {
        let table = try CatalogueFiles.table()
        let files = try CatalogueFiles.documents("collectors")
        #expect(files.count >= 6)
        #expect(table.entries.count == files.reduce(0) { $0 + ($1.document.root["collections"]?.count ?? 0) })
        let keys = table.entries.map { "\($0.type.lowercased()) \($0.path.lowercased()) \($0.owner)" }
        let twice = Dictionary(grouping: keys) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        #expect(twice.isEmpty, "\(twice)")
    }

    @Test("every collected type is in the type tables, in the same spelling")
    func spelling() throws {
        let shapes = try CatalogueFiles.shapes()
        for entry in try CatalogueFiles.table().entries {
            #expect(shapes.azure[entry.type.lowercased()]?.type == entry.type)
        }
    }

    @Test("a reader may make every call: permissions are reads, or those of Graph that a user consents to once")
    func permissions() throws {
        let graph: Set<String> = [
            "AccessReview.Read.All", "Application.Read.All", "AuditLog.Read.All", "Directory.Read.All",
            "IdentityRiskyUser.Read.All", "Policy.Read.All", "RoleManagement.Read.Directory",
        ]
        for entry in try CatalogueFiles.table().entries {
            switch entry.service {
            case .graph: #expect(graph.contains(entry.permission), "\(entry.type)")
            case .arm:
                #expect(AzurePermissions.matches("*/read", entry.permission), "\(entry.type): \(entry.permission)")
                #expect(!entry.permission.contains("*"), "\(entry.type)")
                #expect(entry.permission.lowercased().hasPrefix("microsoft."), "\(entry.type): \(entry.permission)")
            }
        }
    }

    @Test("no call asks for a secret, and a POST is a query")
    func secrets() throws {
        let forbidden = [
            "listkeys", "listsecrets", "appsettings/list", "connectionstrings/list", "publishingcredentials/list",
            "listaccountsas",
            "listservicesas", "listcallbackurl", "listcredentials", "regenerate", "listvalue", "listadminkeys",
            "listquerykeys",
            "listconnectionstrings", "listclusteradmincredential",
        ]
        for entry in try CatalogueFiles.table().entries {
            for path in Self.paths(entry) {
                for word in forbidden { #expect(!path.lowercased().contains(word), "\(entry.type): \(path)") }
                let segments = path.prefix { $0 != "?" }.split(separator: "/")
                #expect(!segments.contains { $0 == "list" }, "\(entry.type): \(path)")
            }
            if entry.form == .post {
                #expect(entry.path.prefix { $0 != "?" }.hasSuffix("/queryResults"), "\(entry.type)")
            }
        }
    }

    @Test("placeholders are known and can be filled in for what the collection hangs on")
    func placeholders() throws {
        for entry in try CatalogueFiles.table().entries {
            let known: Set<String> =
                switch entry.owner {
                case .tenant: ["{tenant}", "{since}", "{until}"]
                case .managementGroup: ["{group}", "{id}", "{tenant}", "{since}", "{until}"]
                case .subscription: ["{subscription}", "{id}", "{since}", "{until}"]
                case .resources: ["{id}", "{above}", "{subscription}", "{since}", "{until}"]
                }
            let paths = [entry.path] + [entry.countPath, entry.fallback?.path].compactMap(\.self)
            for placeholder in paths.flatMap(Self.placeholders) {
                #expect(known.contains(placeholder), "\(entry.type): \(placeholder)")
            }
            for fold in entry.folds { #expect(Self.placeholders(fold.path) == ["{id}"], "\(entry.type): \(fold.path)") }
            #expect(entry.path.contains("{since}") == (entry.windowDays != nil), "\(entry.type)")
        }
    }

    @Test("a version is a date, and paths hold none")
    func versions() throws {
        for entry in try CatalogueFiles.table().entries {
            for path in Self.paths(entry) {
                #expect(!path.lowercased().contains("api-version"), "\(entry.type)")
                #expect(!path.contains(" "), "\(entry.type): \(path)")
                if entry.service == .graph { #expect(path.hasPrefix("/v1.0/"), "\(entry.type): \(path)") }
            }
            if entry.service == .arm {
                #expect(APIVersions.dates(in: entry.apiVersion) == [entry.apiVersion], "\(entry.type)")
            }
        }
    }

    @Test("what hangs on something hangs, in the end, on a scope")
    func reachesScope() throws {
        let table = try CatalogueFiles.table()
        for entry in table.entries {
            var types = Set<String>()
            var next = [entry]
            var isReached = false
            while let one = next.popLast() {
                guard case .resources(let owners) = one.owner else {
                    isReached = true
                    break
                }
                for owner in owners where types.insert(owner.lowercased()).inserted {
                    next += table.entries.filter { $0.type.lowercased() == owner.lowercased() }
                }
            }
            #expect(isReached, "\(entry.type)")
        }
    }

    // MARK: Reading

    private static let good = """
        collections:
          - type: Microsoft.Storage/storageAccounts
            of: subscription
            list: "/subscriptions/{subscription}/providers/Microsoft.Storage/storageAccounts"
            apiVersion: "2023-05-01"
            permission: Microsoft.Storage/storageAccounts/read
        """

    private static func table(_ yaml: String) throws -> CollectionTable {
        try CollectionTable(documents: [("t.yaml", Document(try YAMLReader.read(Array(yaml.utf8))))])
    }

    /// The good entry with more lines.
    private static func with(_ lines: String...) -> String {
        lines.reduce(good) { $0 + "\n    " + $1 }
    }

    @Test("a small table is read")
    func readsSmall() throws {
        let table = try Self.table(
            Self.with("tracked: true", "maxPages: 5", "unless: {kind: [A, B]}", "secret: [properties.value]"))
        let entry = try #require(table.entries.first)
        #expect(entry.form == .list && entry.owner == .subscription && entry.isTracked)
        #expect(entry.maxPages == 5)
        #expect(entry.secrets == [DocumentPath("properties.value")].compactMap(\.self))
    }

    @Test(
        "a table that says too little or something else is refused with its line",
        arguments: [
            "collections: {}", "entries: []", "collections:\n  - {}",
            good.replacing("permission:", with: "permissions:"),
            good.replacing("    apiVersion: \"2023-05-01\"\n", with: ""),
            good.replacing("    of: subscription\n", with: ""),
            good.replacing("\"/subscriptions", with: "\"subscriptions"),
            good.replacing("    list:", with: "    fetch:"),
            good.replacing("of: subscription", with: "of: Microsoft.Web/sites"),
            with("get: \"/x\""), with("service: rest"), with("fold: {members: [a]}"), with("fallback: {unknown: [a]}"),
            with("onlyIf: {kind: {a: b}}"), with("absent: {a: b}"),
        ])
    func refuses(_ yaml: String) throws {
        let error = #expect(throws: CollectionTableError.self) { try Self.table(yaml) }
        #expect(error?.description.hasPrefix("t.yaml") == true || error?.message.contains("no entry collects") == true)
    }

    @Test(
        "a value of the wrong kind is refused, not passed over",
        arguments: [
            with("tracked: sometimes"), with("detail: \"true\""), with("maxPages: many"), with("window: \"7\""),
            with("secret: [\"a..b\"]"), with("count: [a]"), with("licence: {codes: [A], nane: P1}"),
            with("licence: {codes: [A], absent: maybe}"), with("fallback: {list: /x, unknwon: [a]}"),
        ])
    func refusesKinds(_ yaml: String) throws {
        #expect(throws: CollectionTableError.self) { try Self.table(yaml) }
    }

    // MARK: Conditions

    private static func applies(_ condition: String, _ body: String) throws -> Bool {
        let entry = try #require(try table(with(condition)).entries.first)
        return entry.applies(to: Tree(try JSONReader.read(Array(body.utf8)).root))
    }

    @Test("conditions compare text, numbers and truth without regard to case, and `\"\"` is what is not there")
    func conditions() throws {
        #expect(try !Self.applies("unless: {kind: [FileStorage]}", #"{"kind":"filestorage"}"#))
        #expect(try Self.applies("unless: {kind: [FileStorage]}", #"{"kind":"StorageV2"}"#))
        #expect(try Self.applies("unless: {kind: [FileStorage]}", "{}"))
        #expect(try Self.applies("onlyIf: {properties.isHnsEnabled: [true]}", #"{"properties":{"isHnsEnabled":true}}"#))
        #expect(
            try !Self.applies("onlyIf: {properties.isHnsEnabled: [true]}", #"{"properties":{"isHnsEnabled":false}}"#))
        #expect(try !Self.applies("onlyIf: {properties.isHnsEnabled: [true]}", "{}"))
        #expect(try Self.applies("onlyIf: {kind: [\"\", app]}", "{}"))
        #expect(try Self.applies("onlyIf: {properties.size: [\"3\"]}", #"{"properties":{"size":3}}"#))
    }
}
