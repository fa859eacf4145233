public import AssayCore

/// All collections of Azure and Entra, and which hang on which.
public struct CollectionTable: Sendable {
    /// In the order of the files.
    public let entries: [CollectionEntry]
    private let children: [String: [Int]]

    /// Reads the parsed files.
    public init(documents: [(name: String, document: Document)]) throws(CollectionTableError) {
        var entries: [CollectionEntry] = []
        for (name, document) in documents {
            guard let list = document.root["collections"], list.kind == .array else {
                throw CollectionTableError("the file has no `collections`", name: name)
            }
            for node in list.elements {
                do throws(CollectionTableError) {
                    entries.append(try CollectionEntry(table: node))
                } catch {
                    throw CollectionTableError(error.message, name: name, position: error.position)
                }
            }
        }
        var children: [String: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            guard case .resources(let types) = entry.owner else { continue }
            for type in types { children[type.lowercased(), default: []].append(index) }
        }
        let types = Set(entries.map { $0.type.lowercased() })
        for entry in entries {
            guard case .resources(let owners) = entry.owner else { continue }
            for owner in owners where !types.contains(owner.lowercased()) {
                throw CollectionTableError("`\(entry.type)` hangs on `\(owner)`, which no entry collects")
            }
        }
        self.entries = entries
        self.children = children
    }

    /// The entries that hang on a type.
    func children(of type: String) -> [CollectionEntry] { (children[type.lowercased()] ?? []).map { entries[$0] } }

    /// The entries of one kind of owner.
    func entries(of owner: CollectionEntry.Owner, _ service: CollectionEntry.Service) -> [CollectionEntry] {
        entries.filter { $0.owner == owner && $0.service == service }
    }

    /// True when the type has an entry that hangs on the other type.
    public func collects(_ type: String, of parent: String) -> Bool {
        children(of: parent).contains { $0.type.lowercased() == type.lowercased() }
    }
}

/// Why a table of collections is not usable; the run stops.
public struct CollectionTableError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The table's file name.
    public let name: String
    /// Lower case, without a final period.
    public let message: String
    /// Where in the file.
    public let position: SourcePosition?

    init(_ message: String, at node: DocumentNode) {
        self.init(message, position: node.position)
    }

    init(_ message: String, name: String = "", position: SourcePosition? = nil) {
        self.name = name
        self.message = message
        self.position = position
    }

    /// `name:line: message`.
    public var description: String { position.map { "\(name):\($0.line): \(message)" } ?? "\(name): \(message)" }
}
