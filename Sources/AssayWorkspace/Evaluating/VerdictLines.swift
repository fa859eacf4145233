import AssayCore
import AssayRules

/// Writes verdicts as JSON lines by bytes: what is the same for every resource is prepared once a pair.
struct VerdictLines {
    /// What a line holds before and behind the resource, by type and pair.
    private let prefixes: [[[UInt8]]]
    /// `},"verdict":"…"}` by the raw value of a state.
    private let suffixes: [[UInt8]]

    init(_ program: BulkProgram) {
        prefixes = program.types.map { $0.pairs.map { Self.prefix($0.rule, $0.version, $0.profile) } }
        let states: [VerdictState] = [.unknown, .pass, .fail, .unknown, .manual, .notApplicable]
        suffixes = states.map { Array("},\"verdict\":\"\($0.rawValue)\"}\n".utf8) }
    }

    private static func prefix(_ rule: String, _ version: String, _ profile: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("rule", rule)
        writer.member("ruleVersion", version)
        writer.member("profile", profile)
        writer.key("resource")
        return writer.bytes + [UInt8(ascii: "{")]
    }

    /// Adds a verdict that values alone decided.
    ///
    /// - Parameter resource: the members of the resource's object, `"type":"…","id":"…"`.
    func append(_ state: UInt8, type: Int, pair: Int, resource: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
        bytes += prefixes[type][pair]
        bytes += resource
        bytes += suffixes[Int(state)]
    }

    /// Adds a verdict of the general reader, with its reason.
    ///
    /// - Parameter includesTrace: adds messages and trace.
    static func append(_ verdict: Verdict, includesTrace: Bool, to bytes: inout [UInt8]) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("rule", verdict.rule)
        writer.member("ruleVersion", verdict.ruleVersion)
        writer.member("profile", verdict.profile)
        writer.key("resource")
        writer.beginObject()
        writer.member("type", verdict.resource.type)
        writer.member("id", verdict.resource.id)
        writer.endObject()
        writer.member("verdict", verdict.state.rawValue)
        if let reason = verdict.reason {
            writer.key("reason")
            writer.beginObject()
            writer.member("code", reason.code)
            writer.member("path", reason.path)
            writer.member("call", reason.call)
            writer.member("message", reason.message)
            writer.endObject()
        }
        if includesTrace, !verdict.trace.isEmpty {
            writer.member("messages", verdict.messages)
            writer.key("trace")
            writer.beginArray()
            for entry in verdict.trace { entry.write(to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        bytes += writer.bytes
        bytes.append(0x0A)
    }

    /// The members `"type":"…","id":"…"` of a sealed line, as they stand in it; nil when they stand elsewhere.
    static func resource(ofSealed line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let start = line.startIndex + prefix.count
        guard line.starts(with: prefix), let type = stringEnd(line, from: start + 8) else { return nil }
        guard line[type...].starts(with: identifier), let end = stringEnd(line, from: type + identifier.count) else {
            return nil
        }
        return line[start..<end]
    }

    private static let prefix = Array(#"{"resource":{"#.utf8)
    private static let identifier = Array(#","id":""#.utf8)

    /// Behind the quote that closes the string whose text begins at a position.
    private static func stringEnd(_ line: ArraySlice<UInt8>, from start: Int) -> Int? {
        var position = start
        while position < line.endIndex {
            switch line[position] {
            case UInt8(ascii: "\""): return position + 1
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// The same members made of a resource.
    static func members(of resource: Resource) -> ArraySlice<UInt8> {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("type", resource.type)
        writer.member("id", resource.id)
        return writer.bytes.dropFirst()
    }
}
