/// The form of every JSON document for programs: `{"schema":{"name":…,"version":…},…}`, closed by a line end.
public struct JSONEnvelope: Sendable, Hashable {
    /// The name of the form, such as `assay.scan`.
    public let name: String
    /// The version of the form; within one, members are only added.
    public let version: Int

    /// A form by name and version.
    public init(_ name: String, version: Int = 1) {
        self.name = name
        self.version = version
    }

    /// The document's bytes.
    ///
    /// - Parameters:
    ///   - indent: spaces a level; 0 writes one line.
    ///   - members: writes what follows the schema.
    public func document(indent: Int = 2, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(indent: indent)
        writer.beginObject()
        writer.key("schema")
        writer.beginObject()
        writer.member("name", name)
        writer.member("version", version)
        writer.endObject()
        members(&writer)
        writer.endObject()
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// The bytes of a document that is one list, present even when it is empty.
    public func document<Element>(
        _ list: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) -> [UInt8] {
        document { $0.list(list, elements, write) }
    }
}
