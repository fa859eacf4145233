import AssayProgram
import AssayWorkspace

enum ScanFormats {
    static let all = ScanOutput.formats

    static func render(_ result: ScanResult, _ format: String) throws -> [UInt8] {
        try ScanOutput.render(result, format: format, width: 100, colour: false)
    }
}
