import AssayCore

/// How a service answers a document: what lists leave out, and the letter case of ids that services are known for.
enum LeanAnswers {
    /// The document as a list shows it.
    static func listed(_ resource: ArmResource) -> Tree {
        var document = resource.document
        switch resource.type.lowercased() {
        case "microsoft.keyvault/vaults/keys", "microsoft.keyvault/managedhsms/keys":
            document["properties"] = only(document["properties"], ["attributes", "keyUri"])
        case "microsoft.keyvault/vaults/secrets":
            document["properties"] = only(document["properties"], ["attributes", "contentType", "secretUri"])
        case "microsoft.web/sites", "microsoft.web/sites/slots":
            var properties = document["properties"] ?? .object([])
            properties["siteConfig"] = Tree(.null)
            document["properties"] = properties
        default: break
        }
        return spelled(document, resource.type)
    }

    /// The document as a GET shows it.
    static func whole(_ resource: ArmResource) -> Tree {
        spelled(resource.document, resource.type)
    }

    private static func only(_ tree: Tree?, _ keys: Set<String>) -> Tree {
        .object((tree?.members ?? []).filter { keys.contains($0.key) }.map { ($0.key, $0.value) })
    }

    /// The id and the type as the service is known to write them.
    private static func spelled(_ document: Tree, _ type: String) -> Tree {
        guard let id = document["id"]?.stringValue else { return document }
        var document = document
        switch type.lowercased() {
        case "microsoft.operationalinsights/workspaces", "microsoft.operationalinsights/workspaces/tables":
            let lower = replaced(id, "/resourceGroups/", "/resourcegroups/")
            document["id"] = .string(replaced(lower, "Microsoft.OperationalInsights", "microsoft.operationalinsights"))
        case "microsoft.network/networkwatchers/flowlogs":
            let upper = replaced(id, "/networkWatchers/", "/NetworkWatchers/")
            document["id"] = .string(replaced(upper, "/flowLogs/", "/FlowLogs/"))
            document["type"] = .string("Microsoft.Network/networkWatchers/FlowLogs")
        case "microsoft.network/applicationgatewaywebapplicationfirewallpolicies":
            document["type"] = .string("Microsoft.Network/applicationgatewaywebapplicationfirewallpolicies")
        case "microsoft.network/frontdoorwebapplicationfirewallpolicies":
            document["id"] = .string(
                replaced(
                    replaced(id, "/resourceGroups/", "/resourcegroups/"), "FrontDoorWebApplicationFirewallPolicies",
                    "frontdoorwebapplicationfirewallpolicies"))
            document["type"] = .string("Microsoft.Network/frontdoorwebapplicationfirewallpolicies")
        case "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems":
            document["id"] = .string(replaced(id, "/subscriptions/", "/Subscriptions/"))
        case "microsoft.insights/activitylogalerts":
            document["id"] = .string(
                replaced(replaced(id, "/activityLogAlerts/", "/ActivityLogAlerts/"), "Microsoft.", "microsoft."))
            document["type"] = .string("Microsoft.Insights/ActivityLogAlerts")
        case "microsoft.insights/diagnosticsettings":
            if ArmPath(id).isExtension {
                let split = id.lowercased()
                let name = document["name"]?.stringValue ?? ""
                document["id"] = .string(
                    replaced(
                        String(split.dropLast(name.count)), "/providers/microsoft.insights/diagnosticsettings/",
                        "/providers/microsoft.insights/diagnosticSettings/") + name)
            } else if ArmPath(id).subscription != nil {
                document["id"] = .string(String(id.dropFirst()))
                document["type"] = Tree(.null)
            }
        default: break
        }
        return document
    }

    static func replaced(_ text: String, _ part: String, _ other: String) -> String {
        guard !part.isEmpty else { return text }
        var result = ""
        var rest = Substring(text)
        while let found = rest.firstRange(of: part) {
            result += rest[..<found.lowerBound] + other
            rest = rest[found.upperBound...]
        }
        return result + rest
    }
}
