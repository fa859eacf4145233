import AssayClouds
import AssayCore

extension AzurePreparation {
    /// For people: what was found, what is missing and what it costs; without a check, what is needed.
    public var table: String {
        var lines: [String] = []
        if outcome == .checked {
            lines += identityLines + subscriptionLines + groupLines + graphLines + missingLines
        } else {
            lines += needLines
        }
        for diagnostic in diagnostics {
            lines.append("\(diagnostic.severity.rawValue): \(diagnostic.message)")
            if let hint = diagnostic.hint { lines.append("  hint: \(hint)") }
        }
        return lines.joined(separator: "\n")
    }

    // MARK: What is needed

    private var needLines: [String] {
        let actions = needs.of(.resourceManager)
        let graph = needs.of(.graph)
        var lines = [
            "Collecting reads; it needs no right to write, and reads no key, secret or data.", "",
            "1. AZURE ROLE", "   Reader at the tenant's root management group, which holds for every subscription:", "",
            "     \(assignment("Reader", at: rootScope))", "",
            "   For one subscription, use --scope /subscriptions/<subscription-id>; how many there are is then unknown.",
            "   For less than Reader, save this as assay-role.json (\(actions.count) actions):",
            "",
        ]
        var writer = JSONWriter(indent: 2)
        writer.value(customRole)
        lines += String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n").map { "     \($0)" }
        lines += [
            "", "     az role definition create --role-definition assay-role.json",
            "     \(assignment(Self.roleName, at: rootScope))", "", "2. LOGS OF THE DIRECTORY",
            "   Where sign-in and audit logs go is set at a scope of its own that no management group passes down.",
            "   Someone with access at that scope assigns it there:", "",
            "     \(assignment("Reader", at: "/providers/microsoft.aadiam"))", "",
            "3. MICROSOFT GRAPH, APPLICATION PERMISSIONS", "",
        ]
        let width = graph.map(\.permission.count).max() ?? 0
        for need in graph {
            let count = need.collections.count
            lines.append(
                "   \(Self.padded(need.permission, width))  \(need.purpose ?? need.collections.joined(separator: ", ")) "
                    + "(\(Self.counted(count, "collection")))")
        }
        lines += [""] + grant(graph).map { "     \($0)" }
        let unnamed = graph.filter { $0.role == nil }.map(\.permission)
        if !unnamed.isEmpty { lines.append("   By name, in the portal: \(unnamed.joined(separator: ", "))") }
        lines += [
            "",
            "   A managed identity has no application to add them to: give its service principal the same roles with",
            "   POST /v1.0/servicePrincipals/<object-id>/appRoleAssignments.", "",
        ]
        return lines
    }

    // MARK: What was found

    private var identityLines: [String] {
        var lines = ["signed in  \(identity ?? "")", "tenant     \(tenant ?? "")"]
        if let cloud {
            lines.append(
                "cloud      \(cloud.name): \(cloud.authority.url), \(cloud.resourceManager.url), \(cloud.graph.url)")
        }
        return lines + [""]
    }

    private var subscriptionLines: [String] {
        var lines = ["SUBSCRIPTIONS (\(subscriptions.count))"]
        for subscription in subscriptions {
            let lacking = subscription.lacking.count
            let words =
                if let reason = subscription.reason {
                    "unknown: \(reason)"
                } else if lacking == 0 {
                    "all \(subscription.needed) actions"
                } else {
                    "\(subscription.needed - lacking) of \(subscription.needed) actions, lacks \(lacking)"
                }
            lines.append("  \(subscription.id)  \(subscription.name)  \(words)")
        }
        return lines + [""]
    }

    private var groupLines: [String] {
        let words =
            rootReason.map { "cannot be read: \($0); how many subscriptions there are is unknown" } ?? "can be read"
        return ["ROOT MANAGEMENT GROUP", "  \(words)", ""]
    }

    private var graphLines: [String] {
        let width = graph.map(\.permission.count).max() ?? 0
        let lines = graph.map { permission -> String in
            var words: [String] = []
            if !permission.open.isEmpty {
                let isKnown = missing.contains {
                    $0.gap.place == .graph && $0.gap.permission == permission.permission && $0.gap.state == .lacking
                }
                words.append(
                    "\(isKnown ? "missing" : "unknown") for \(Self.counted(permission.open.count, "collection"))")
            }
            if !permission.by.isEmpty {
                let others = permission.by.filter { $0 != permission.permission }
                words.append(others.isEmpty ? "in the token" : "in the token: \(permission.by.joined(separator: ", "))")
            }
            if !permission.answered.isEmpty {
                words.append(
                    "\(Self.counted(permission.answered.count, "collection")) answered although the token does not name it"
                )
            }
            if !permission.unlicensed.isEmpty {
                words.append("\(Self.counted(permission.unlicensed.count, "collection")) without a licence")
            }
            return "  \(Self.padded(permission.permission, width))  \(words.joined(separator: "; "))"
        }
        return ["MICROSOFT GRAPH"] + lines + [""]
    }

    // MARK: What is missing

    private var missingLines: [String] {
        guard !missing.isEmpty else { return ["nothing is missing: assay scan azure reads everything", ""] }
        var lines = ["MISSING (\(missing.count))"]
        for one in missing {
            let state = one.gap.state == .lacking ? "" : " (unknown whether it is held)"
            lines += [
                "  \(one.gap.permission) at \(one.gap.scope)\(state)", "    why    \(one.gap.reason)",
                "    costs  \(Self.listed(one.gap.collections, "collection"))",
                "           \(Self.listed(one.rules, "rule")) that cannot decide there",
            ]
        }
        lines += ["", "TO GRANT IT"]
        let places = Set(missing.map(\.gap.place))
        if places.contains(.resourceManager) { lines.append("  \(assignment("Reader", at: rootScope))") }
        if places.contains(.directoryLogs) {
            lines.append("  \(assignment("Reader", at: "/providers/microsoft.aadiam"))")
        }
        let names = Set(missing.filter { $0.gap.place == .graph }.map(\.gap.permission))
        lines += grant(needs.of(.graph).filter { names.contains($0.permission) }).map { "  \($0)" }
        return lines + ["", "assay init azure --print lists everything that is needed.", ""]
    }

    // MARK: Words

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }

    /// `3 rules: a, b, c`, cut after some.
    private static func listed(_ names: [String], _ word: String) -> String {
        guard !names.isEmpty else { return counted(0, word) }
        let shown = names.prefix(6).joined(separator: ", ")
        return "\(counted(names.count, word)): \(shown)\(names.count > 6 ? ", …" : "")"
    }
}
