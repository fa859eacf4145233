public import AssayCore

/// One answered request: what proves later how a collection was read.
///
/// Holds no value of the answer, only its digest.
public struct CallRecord: Sendable {
    /// `GET`, or `POST` for a query.
    public let method: String
    /// Path and query without host.
    public let call: String
    /// The body of a query by POST, without secrets; nil for a GET.
    public let query: String?
    /// The HTTP status of the answer.
    public let status: Int
    /// SHA-256 of the bytes as they were received.
    public let received: Digest
    /// Bytes of the answer's body.
    public let bytes: Int
    /// The provider's id of the request; nil when it sent none.
    public let requestID: String?
    /// When the answer came, RFC 3339 in UTC.
    public let at: String

    /// Writes the record's object.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("method", method)
        writer.member("call", call)
        if let query { writer.member("query", query) }
        writer.member("status", status)
        writer.member("bytes", bytes)
        writer.member("receivedSha256", received.hexadecimal)
        writer.member("requestId", requestID)
        writer.member("at", at)
        writer.endObject()
    }
}
