public import AssayCore
import AssayHashing

/// The order of the pairs in a verdict vector: types, and the pairs of each.
///
/// Its text is JSON Lines, one type a line: `{"type":T,"pairs":[[rule,version,profile,parameters],…]}`. The text's
/// SHA-256 stands in the vector and in the index of the same scan.
public struct VerdictOrder: Sendable, Hashable {
    /// One resource type with the pairs that judge it.
    public struct TypePairs: Sendable, Hashable {
        /// The canonical type.
        public let name: String
        /// In the order of the states of a line of this type.
        public let pairs: [PairIdentity]

        /// A type of its parts.
        public init(name: String, pairs: [PairIdentity]) {
            self.name = name
            self.pairs = pairs
        }
    }

    /// The largest number of types; one ordinal more means *no type*.
    public static let typeLimit = 65_535
    /// In the order of their ordinals.
    public let types: [TypePairs]
    /// The text that is hashed.
    public let text: [UInt8]
    /// SHA-256 of the text.
    public let digest: Digest

    /// An order of these types.
    ///
    /// - Throws: `ScanFileError.refused` for more types than a vector can number, or a type or pair named twice.
    public init(types: [TypePairs]) throws(ScanFileError) {
        guard types.count <= Self.typeLimit else {
            throw .refused("\(types.count) types are more than the \(Self.typeLimit) that a verdict vector can number")
        }
        var names: Set<String> = []
        for type in types {
            guard names.insert(type.name).inserted else { throw .refused("type `\(type.name)` is named twice") }
            var pairs: Set<[String]> = []
            for pair in type.pairs where !pairs.insert([pair.rule, pair.profile]).inserted {
                throw .refused("rule `\(pair.rule)` judges type `\(type.name)` twice under profile `\(pair.profile)`")
            }
        }
        self.types = types
        text = Self.text(of: types)
        digest = Digest(of: text)
    }

    private static func text(of types: [TypePairs]) -> [UInt8] {
        var text: [UInt8] = []
        for type in types {
            var writer = JSONWriter()
            writer.beginObject()
            writer.member("type", type.name)
            writer.key("pairs")
            writer.beginArray()
            for pair in type.pairs {
                writer.beginArray()
                for part in [pair.rule, pair.version, pair.profile, pair.parameters] { writer.string(part) }
                writer.endArray()
            }
            writer.endArray()
            writer.endObject()
            text += writer.bytes + [UInt8(ascii: "\n")]
        }
        return text
    }

    /// The order that a text states; nil when it is no text of an order.
    init?(text: [UInt8]) {
        var types: [TypePairs] = []
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let type = Self.type(Array(line)) else { return nil }
            types.append(type)
        }
        guard let order = try? VerdictOrder(types: types), order.text == text else { return nil }
        self = order
    }

    private static func type(_ line: [UInt8]) -> TypePairs? {
        guard let document = try? JSONReader.read(line) else { return nil }
        let tree = Tree(document.root)
        guard let name = tree["type"]?.stringValue, let elements = tree["pairs"]?.elements else { return nil }
        var pairs: [PairIdentity] = []
        for element in elements {
            let parts = element.elements?.compactMap(\.stringValue) ?? []
            guard parts.count == 4 else { return nil }
            pairs.append(PairIdentity(rule: parts[0], version: parts[1], profile: parts[2], parameters: parts[3]))
        }
        return TypePairs(name: name, pairs: pairs)
    }

    /// The number of pairs of a type; zero for -1, *no type*, and for what is no ordinal.
    func width(ofType type: Int) -> Int { types.indices.contains(type) ? types[type].pairs.count : 0 }
}
