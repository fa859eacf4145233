import AssayCore

/// What the place of an AWS answer says of it, for the many answers that do not name their subject.
///
/// Two patterns are read: `<operation>.<subject>.json` and `<service>/<subject>/<operation>.json`. A folder, or the
/// part after the operation, that is an account's twelve digits or a Region says that. The place never decides what
/// a document is: its keys do.
struct AnswerPlace {
    var operation: String?
    var service: String?
    var subject: String?
    var account: String?
    var region: String?

    init(file: String, tables: ShapeTables) {
        var folders = file.split(separator: "/").map(String.init)
        guard var name = folders.popLast() else { return }
        for ending in [".gz", ".json", ".yaml", ".yml", ".txt"] where name.lowercased().hasSuffix(ending) {
            name.removeLast(ending.count)
        }
        account = folders.last { $0.isAccountID }
        region = folders.last { $0.isRegion }
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard let first = parts.first, tables.answers.contains(where: { $0.operation == first }) else { return }
        operation = first
        let services = Set(tables.answers.map(\.service)).union(["s3", "config"])
        service = folders.last { services.contains($0.lowercased()) }?.lowercased()
        if service == "s3" { service = "s3api" }
        if service == "config" { service = "configservice" }
        if parts.count == 2 {
            if parts[1].isAccountID {
                account = parts[1]
            } else if parts[1].isRegion {
                region = parts[1]
            } else {
                subject = parts[1]
            }
        } else if folders.count >= 2, let folder = folders.last,
            services.contains(folders[folders.count - 2].lowercased()),
            !folder.isAccountID, !folder.isRegion
        {
            subject = folder
        }
    }

    /// Takes over what a wrapper says: `{call, subject, account, region, answer}`.
    mutating func take(wrapper: Tree) {
        if let call = wrapper["call"]?.stringValue {
            let words = call.split(separator: " ").map(String.init).filter { $0 != "aws" }
            if words.count == 2 {
                service = words[0]
                operation = words[1]
            } else {
                operation = words.last
            }
        }
        subject = wrapper["subject"]?.stringValue ?? subject
        account = wrapper["account"]?.stringValue ?? account
        region = wrapper["region"]?.stringValue ?? region
    }
}
