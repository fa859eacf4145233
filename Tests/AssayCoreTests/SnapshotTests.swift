import AssayCore
import Testing

@Suite("snapshot lines")
struct SnapshotTests {
    private static let resource = Resource(
        type: "AWS::S3::Bucket", id: "arn:aws:s3:::records", provider: .aws, scope: ["aws:111122223333"],
        name: "records", region: "eu-west-1", tags: ["b": "2", "a": "1"],
        origin: Origin(kind: .file, path: "s3/list.json", line: 3, column: 5),
        body: Document(
            .object([
                ("BucketName", .string("records")),
                ("BucketEncryption", .unknown(.denied)),
                ("Rules", .array([.int(1), .unknown(.notCollected)])),
            ])
        ).root)

    private func written(_ resource: Resource) -> [UInt8] {
        var writer = JSONWriter()
        resource.write(to: &writer)
        return writer.bytes
    }

    @Test("a resource reads back as it was written, unknown paths included")
    func roundTrips() throws {
        let bytes = written(Self.resource)
        let read = try Resource(json: try JSONReader.read(bytes).root)
        #expect(written(read) == bytes)
        #expect(read.body["BucketEncryption"]?.unknownReason == .denied)
        #expect(read.body["Rules"]?[1]?.unknownReason == .notCollected)
        #expect(read.body["Rules"]?[1]?.path == "Rules[1]")
    }

    @Test("a body that is unknown as a whole survives too")
    func keepsUnknownBody() throws {
        var resource = Self.resource
        resource.body = Document(.unknown(.unsupported)).root
        let read = try Resource(json: try JSONReader.read(written(resource)).root)
        #expect(read.body.unknownReason == .unsupported)
    }

    @Test("keys stand in the order of the contract")
    func keepsKeyOrder() throws {
        let keys = try JSONReader.read(written(Self.resource)).root.members.map(\.key)
        #expect(keys == ["type", "id", "provider", "scope", "name", "region", "tags", "origin", "unknown", "body"])
    }

    @Test(
        "lines that are not what the format says are refused",
        arguments: [
            #"{"resource":{"type":"T","id":"i","provider":"aws","origin":{"kind":"file"}}}"#,
            #"{"resource":{"type":"T","id":"i","provider":"gcp","origin":{"kind":"file"},"body":{}}}"#,
            #"{"resource":{"type":7,"id":"i","provider":"aws","origin":{"kind":"file"},"body":{}}}"#,
            #"{"resource":{"type":"T","id":"i","provider":"aws","origin":{"kind":"file"},"body":{"a":1},"unknown":[{"path":"a.b","reason":"denied"}]}}"#,
            #"{"resource":{"type":"T","id":"i","provider":"aws","origin":{"kind":"file"},"body":{},"unknown":[{"path":"a","reason":"lost"}]}}"#,
            #"{"coverage":{"collection":"T","state":"seen"}}"#, #"{"snapshot":{"version":2,"collectedAt":"x"}}"#,
            #"{"end":{"resources":1}}"#, #"{"other":1}"#, "[]",
        ])
    func refuses(_ line: String) throws {
        let document = try JSONReader.read(Array(line.utf8))
        #expect(throws: SnapshotError.self) { _ = try SnapshotLine(json: document.root) }
    }

    @Test(
        "paths read back to the steps that they were written from",
        arguments: ["a", "a.b[0].c", #"tags["cost.center"].x"#, #"[3]["a\"b"]"#, "properties.$ref"])
    func parsesPaths(_ text: String) throws {
        let path = try #require(DocumentPath(text))
        #expect(path.description == text)
    }

    @Test("malformed paths are refused", arguments: ["a..b", "a[", "a[x]", "a[-1]", ".a", #"["a"#])
    func refusesPaths(_ text: String) {
        #expect(DocumentPath(text) == nil)
    }
}
