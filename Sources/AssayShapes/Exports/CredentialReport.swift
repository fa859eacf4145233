import AssayCore
import AssayFormats

/// IAM's credential report: comma-separated rows, in base64 when the command line prints it.
enum CredentialReport {
    private static let type = "Assay::AWS::CredentialReportUser"
    private static let firstColumns = ["user", "arn", "user_creation_time"]

    /// Reads `{Content, ReportFormat, GeneratedTime}`.
    static func read(_ tree: Tree, from source: ExportSource, place: AnswerPlace, into collector: inout Collector) {
        var source = source
        source.at = tree["GeneratedTime"]?.stringValue
        guard let text = tree["Content"]?.stringValue else {
            collector.failed.insert(source.file)
            collector.report(
                "shape-wrong-type", .error, "`Content` is not a string", in: source, at: tree["Content"]?.position)
            return
        }
        let content = text.hasPrefix("user,") ? Array(text.utf8) : Base64Text.decode(text)
        guard let content, read(csv: content, from: source, into: &collector) else {
            collector.failed.insert(source.file)
            collector.report(
                "shape-wrong-type", .error, "`Content` is not a credential report in base64", in: source,
                at: tree["Content"]?.position)
            return
        }
    }

    /// Reads the decoded report; false when its head is not a credential report's.
    static func read(csv bytes: [UInt8], from source: ExportSource, into collector: inout Collector) -> Bool {
        var reader = CSVReader(bytes)
        guard let head = (try? reader.next())?.cells, Array(head.prefix(3)) == firstColumns else { return false }
        collector.understand(source.file)
        do throws(DocumentError) {
            var count = 0
            while let row = try reader.next() {
                count += 1
                read(row, number: count, head, from: source, into: &collector)
            }
        } catch {
            collector.report(error.code.rawValue, .error, error.message, in: source, at: error.position)
        }
        return true
    }

    private static func read(
        _ row: CSVReader.Row, number: Int, _ head: [String], from source: ExportSource, into collector: inout Collector
    ) {
        let position = SourcePosition(line: row.line, column: 1)
        let cells = row.cells
        guard cells.count == head.count, let arn = cells.dropFirst().first else {
            collector.report(
                "shape-wrong-type", .error,
                "row \(number) of the credential report has \(cells.count) cells, expected \(head.count)", in: source,
                at: position)
            return
        }
        var members: [Tree.Member] = []
        for (name, cell) in zip(head, cells) {
            if let value = value(cell, column: name) { members.append(Tree.Member(name, value)) }
        }
        collector.add(
            Fragment(
                type: type, identifier: cells[0], provider: .aws, account: ARNTemplate.account(in: arn),
                name: cells[0], body: Tree(.object(members), at: position), origin: source.origin(at: position),
                captured: source.at))
    }

    /// The cell's value; nil where the report says that there is none.
    private static func value(_ cell: String, column: String) -> Tree? {
        switch cell {
        case "N/A", "no_information", "not_supported", "": nil
        case "true", "TRUE": .bool(true)
        case "false", "FALSE": .bool(false)
        default: .string(cell)
        }
    }
}

/// Base64 (RFC 4648, section 4), line breaks allowed.
enum Base64Text {
    /// The bytes; nil when a character is foreign or the length is wrong.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text.utf8 {
            let value: UInt32
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(byte - UInt8(ascii: "A"))
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(byte - UInt8(ascii: "a")) + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(byte - UInt8(ascii: "0")) + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case UInt8(ascii: "="):
                padding += 1
                continue
            case 0x0A, 0x0D: continue
            default: return nil
            }
            guard padding == 0 else { return nil }
            bits = bits << 6 | value
            count += 1
            if count % 4 == 0 {
                bytes += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
                bits = 0
            }
        }
        switch (count % 4, padding) {
        case (0, 0): break
        case (2, 2), (2, 0): bytes.append(UInt8(bits >> 4 & 255))
        case (3, 1), (3, 0): bytes += [UInt8(bits >> 10 & 255), UInt8(bits >> 2 & 255)]
        default: return nil
        }
        return bytes
    }
}
