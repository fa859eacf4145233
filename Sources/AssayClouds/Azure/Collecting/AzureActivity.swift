import AssayCore

/// Which resources the activity log names since an earlier collection began: what it does not name was not changed
/// through Resource Manager.
///
/// The log has every write, delete and action of the control plane, some minutes late. Only collections that change in
/// no other way are spared by it.
struct AzureActivity: Sendable {
    /// Sorted ids in lower case by subscription's scope; a subscription whose log could not be read whole is missing.
    private var touched: [String: [String]] = [:]

    /// How far before the earlier collection the log is read, in seconds: events arrive late.
    private static let overlap: Int64 = 3600
    private static let version = "2015-04-01"
    private static let maxPages = 50

    /// Reads the log of every subscription since a moment; what cannot be read spares no call.
    static func read(_ collection: AzureCollection, _ scopes: AzureScopes, since: String) async throws -> AzureActivity
    {
        var activity = AzureActivity()
        guard let start = CalendarText.seconds(since), let now = CalendarText.seconds(collection.clock.now()) else {
            return activity
        }
        let filter =
            "eventTimestamp ge '\(CalendarText.rfc3339(start - overlap))' and eventTimestamp le '\(CalendarText.rfc3339(now))'"
        let encoded = filter.replacing(" ", with: "%20").replacing("'", with: "%27").replacing(":", with: "%3A")
        let results = try await inParallel(scopes.subscriptions, width: 8) { subscription -> [String]? in
            var found: Set<String> = []
            do {
                _ = try await collection.client.pages(
                    AzureClient.Call(
                        service: .arm,
                        target:
                            "/subscriptions/\(subscription.id)/providers/Microsoft.Insights/eventtypes/management/values?$filter=\(encoded)&$select=resourceId,eventTimestamp,operationName",
                        apiVersion: version), limit: maxPages
                ) { page in
                    for event in page.elements {
                        if let id = event["resourceId"]?.stringValue { found.insert(id.lowercased()) }
                    }
                }
            } catch let error as AzureCallError {
                if error.state == .interrupted, error.code != "page-limit" { throw error }
                await collection.notes.add(
                    Diagnostic(
                        code: "azure-activity-unread", severity: .note,
                        message:
                            "`\(subscription.scope)`: the activity log could not be read whole (\(error.words)); everything is asked anew"
                    ))
                return nil
            }
            return found.sorted()
        }
        for (subscription, ids) in zip(scopes.subscriptions, results) { activity.touched[subscription.scope] = ids }
        return activity
    }

    /// True when the log was read and names neither the resource nor anything below it.
    func isQuiet(_ id: String, in scope: String) -> Bool {
        guard let ids = touched[scope] else { return false }
        let id = id.lowercased()
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        // Between an id and what lies below it names with other signs can stand: `a-b` before `a/b`.
        while low < ids.count, ids[low].hasPrefix(id) {
            if ids[low] == id || ids[low].dropFirst(id.count).first == "/" { return false }
            low += 1
        }
        return true
    }
}
