import AssayCore
import AssayFormats
import AssayProgram
import AssayWorkspace
import Foundation

/// Folders and scans for tests: a fresh folder each, removed at the end.
enum Scenario {
    /// The root of the checkout.
    static let root: String = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    static let clock = FixedClock("2026-05-04T03:02:01Z")

    static func inFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    static func write(_ text: String, _ path: String) throws { try write(Array(text.utf8), path) }

    static func write(_ bytes: [UInt8], _ path: String) throws {
        if let slash = path.lastIndex(of: "/") { try FileText.makeFolder(String(path[..<slash])) }
        try FileText.write(bytes, to: path)
    }

    static func scan(_ paths: [String], _ change: (inout ScanRequest) -> Void = { _ in }) async throws -> ScanResult {
        var request = ScanRequest(paths: paths)
        change(&request)
        return try await Scan(request, clock: clock).run()
    }

    /// A storage account as `az resource show` prints it.
    static func account(_ name: String, tls: String = "TLS1_0", https: Bool = true) -> String {
        """
        {"id":"/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/\(name)",
         "name":"\(name)","type":"Microsoft.Storage/storageAccounts","location":"westeurope","kind":"StorageV2",
         "properties":{"minimumTlsVersion":"\(tls)","supportsHttpsTrafficOnly":\(https),"allowBlobPublicAccess":false,
         "allowSharedKeyAccess":false,"networkAcls":{"defaultAction":"Deny"}}}
        """
    }
}
