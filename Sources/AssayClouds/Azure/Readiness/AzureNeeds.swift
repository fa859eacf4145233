public import AssayCore

/// What an identity needs to collect everything that the tables name: actions of Resource Manager and permissions of
/// Microsoft Graph.
public struct AzureNeeds: Sendable {
    /// One permission and what it is for.
    public struct Need: Sendable, Hashable {
        /// Where the permission is granted.
        public enum Place: String, Sendable, Hashable {
            /// By a role at management groups and subscriptions.
            case resourceManager
            /// By a role at `/providers/microsoft.aadiam`, which no management group passes down.
            case directoryLogs
            /// By the directory's consent.
            case graph
        }

        /// Who grants it.
        public let place: Place
        /// An action of Resource Manager, or an application permission of Graph.
        public let permission: String
        /// What it is for; nil for an action, whose name says so.
        public let purpose: String?
        /// The id of the application role of Graph.
        public let role: String?
        /// The types that are collected with it, sorted.
        public let collections: [String]
    }

    /// Sorted by place and permission.
    public let needs: [Need]

    /// What finding the subscriptions and holding the lists against each other takes, beside the tables.
    static let ownActions = [
        "Microsoft.Authorization/permissions/read", "Microsoft.Management/managementGroups/descendants/read",
        "Microsoft.ResourceGraph/resources/read", inventoryAction, "Microsoft.Resources/subscriptions/read",
    ]
    static let inventoryAction = "Microsoft.Resources/subscriptions/resources/read"
    static let inventory = "Microsoft.Resources/resources"

    /// The needs of a table.
    public init(_ table: CollectionTable) {
        var actions: [String: Set<String>] = [:]
        var logs: [String: Set<String>] = [:]
        var graph: [String: Set<String>] = [:]
        for action in Self.ownActions { actions[action] = [] }
        actions[Self.inventoryAction] = [Self.inventory]
        for entry in table.entries {
            switch (entry.service, entry.owner) {
            case (.graph, _):
                for permission in GraphPermissions.needed(by: entry) {
                    graph[permission, default: []].insert(entry.type)
                }
            case (.arm, .tenant): logs[entry.permission, default: []].insert(entry.type)
            case (.arm, _): actions[entry.permission, default: []].insert(entry.type)
            }
        }
        func needs(_ place: Need.Place, _ found: [String: Set<String>]) -> [Need] {
            found.sorted { $0.key < $1.key }.map { permission, collections in
                let known = place == .graph ? GraphPermissions.descriptions.first { $0.name == permission } : nil
                return Need(
                    place: place, permission: permission, purpose: known?.purpose, role: known?.role,
                    collections: collections.sorted())
            }
        }
        self.needs = needs(.directoryLogs, logs) + needs(.graph, graph) + needs(.resourceManager, actions)
    }

    /// The needs of one place.
    public func of(_ place: Need.Place) -> [Need] { needs.filter { $0.place == place } }

    /// The id of the application that is Microsoft Graph.
    public var graphApplication: String { GraphPermissions.application }

    /// A role that may do exactly this, in the form that `az role definition create` takes.
    ///
    /// What is granted at `/providers/microsoft.aadiam` is not in it: a role of a management group has no force there.
    public func customRole(name: String, scope: String) -> Tree {
        .object([
            ("Name", .string(name)), ("IsCustom", .bool(true)),
            ("Description", .string("Reads the configuration that assay collects; no keys, no secrets, no data.")),
            ("Actions", .array(of(.resourceManager).map { .string($0.permission) })), ("NotActions", .array([])),
            ("AssignableScopes", .array([.string(scope)])),
        ])
    }
}
