import AssayCore

/// What the simulator sends back.
struct SimulatedAnswer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var bytes: [UInt8]
    var contentType = "application/json; charset=utf-8"
    /// The code of an error; nil for an answer that is none.
    var code: String?
    /// Held back for so long.
    var milliseconds: Int64 = 0
    /// Only the first half is sent before the connection is closed.
    var isCut = false

    init(_ status: Int, _ body: Tree) {
        self.status = status
        bytes = JSONText.bytes(body)
    }

    init(_ status: Int, text: String) {
        self.status = status
        bytes = Array(text.utf8)
        contentType = "text/plain"
    }

    /// An error as Azure Resource Manager writes it.
    static func error(_ status: Int, _ code: String, _ message: String, details: [Tree]? = nil) -> SimulatedAnswer {
        var error: [(String, Tree)] = [("code", .string(code)), ("message", .string(message))]
        if let details { error.append(("details", .array(details))) }
        var answer = SimulatedAnswer(status, .object([("error", .object(error))]))
        answer.code = code
        return answer
    }

    /// An error as Azure Monitor writes it: without the member around it.
    static func bareError(_ status: Int, _ code: String, _ message: String) -> SimulatedAnswer {
        var answer = SimulatedAnswer(
            status, .object([("code", .string(code)), ("message", .string(message))]))
        answer.code = code
        return answer
    }

    /// An error as Microsoft Graph writes it.
    static func graphError(_ status: Int, _ code: String, _ message: String) -> SimulatedAnswer {
        let inner = Tree.object([
            ("date", .string("2026-11-01T08:00:00")), ("request-id", .string("00000000-0000-0000-0000-00000000f001")),
            ("client-request-id", .string("00000000-0000-0000-0000-00000000f001")),
        ])
        var answer = SimulatedAnswer(
            status,
            .object([
                ("error", .object([("code", .string(code)), ("message", .string(message)), ("innerError", inner)]))
            ]))
        answer.code = code
        return answer
    }

    /// An error as the token endpoint writes it.
    static func loginError(_ status: Int, _ error: String, _ number: Int, _ message: String) -> SimulatedAnswer {
        let trace =
            " Trace ID: 00000000-0000-0000-0000-00000000f002 Correlation ID: 00000000-0000-0000-0000-00000000f003"
        var answer = SimulatedAnswer(
            status,
            .object([
                ("error", .string(error)),
                ("error_description", .string("AADSTS\(number): \(message)\(trace)")),
                ("error_codes", .array([.int(number)])), ("timestamp", .string("2026-11-01 08:00:00Z")),
            ]))
        answer.code = error
        return answer
    }
}
