import FoundationEssentials

/// The conformance cases as they lie in a shared folder next to a checkout.
///
/// `ASSAY_SHARED` names the folder; without it `../shared` next to the package is taken.
struct ConformanceSuite {
    struct Row: Hashable {
        let file: String
        let section: String
        let test: String
        /// Counts tests of one file, section and name from 0.
        let ordinal: Int

        var key: String {
            "\(file)/\(section)/\(test)" + (ordinal == 0 ? "" : "#\(ordinal)")
        }
    }

    let folder: String

    /// Nil when there is no such folder, so that the tests can say that they were skipped.
    static let found: ConformanceSuite? = {
        let shared = ProcessInfo.processInfo.environment["ASSAY_SHARED"] ?? packageRoot + "/../shared"
        let folder = shared + "/cel-conformance"
        return FileManager.default.fileExists(atPath: folder + "/no-proto.tsv") ? ConformanceSuite(folder: folder) : nil
    }()

    private static var packageRoot: String { above(#filePath, by: 4) }

    /// The path without its last components.
    static func above(_ path: String, by levels: Int) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels).joined(separator: "/")
    }

    /// Rows of a table of file, section and test; repeated names get ordinals in the order they stand.
    static func rows(_ path: String) throws -> [Row] {
        var seen: [String: Int] = [:]
        guard let bytes = FileManager.default.contents(atPath: path) else { throw CocoaError(.fileNoSuchFile) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let name = cells.prefix(3).joined(separator: "\t")
            let ordinal = seen[name, default: 0]
            seen[name] = ordinal + 1
            return Row(
                file: cells[0], section: cells.count > 1 ? cells[1] : "", test: cells.count > 2 ? cells[2] : "",
                ordinal: ordinal)
        }
    }

    /// Every test of the files, by row.
    func cases(of files: Set<String>) throws -> [Row: ConformanceCase] {
        var cases: [Row: ConformanceCase] = [:]
        for file in files {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(file).textproto") else { continue }
            var seen: [String: Int] = [:]
            for section in try TextProto.parse(Array(bytes)).messages("section") {
                for test in section.messages("test") {
                    let (sectionName, name) = (section.string("name") ?? "", test.string("name") ?? "")
                    let ordinal = seen[sectionName + "\t" + name, default: 0]
                    seen[sectionName + "\t" + name] = ordinal + 1
                    let row = Row(file: file, section: sectionName, test: name, ordinal: ordinal)
                    cases[row] = ConformanceCase(key: row.key, test: test)
                }
            }
        }
        return cases
    }
}
