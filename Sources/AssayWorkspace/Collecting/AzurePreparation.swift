import AssayClouds
import AssayCore

/// What collecting Azure needs and what of it is missing, for people and for programs (`assay.init/1`).
public struct AzurePreparation: Sendable {
    /// How far the check came.
    enum Outcome: Sendable {
        /// Nothing was asked for.
        case printed
        case notSignedIn
        case checked
    }

    /// A gap and what it costs.
    struct Missing: Sendable {
        let gap: AzureReadiness.Gap
        /// Ids of the rules that cannot decide there, sorted.
        let rules: [String]
    }

    static let roleName = "Assay Collector"

    let needs: AzureNeeds
    var outcome = Outcome.printed
    /// The tenant's id; nil when nothing says which it is.
    var tenant: String?
    /// Who signed in and how, in words.
    var identity: String?
    var claims: TokenClaims?
    var cloud: AzureCloud?
    var subscriptions: [AzureReadiness.Subscription] = []
    var rootReason: String?
    var graph: [AzureReadiness.Graph] = []
    var missing: [Missing] = []
    var diagnostics: [Diagnostic] = []

    init(needs: AzureNeeds, tenant: String?) {
        self.needs = needs
        self.tenant = tenant
    }

    /// 0 when nothing is missing or nothing was asked, 2 without a way to sign in, 3 when something is missing or
    /// unknown.
    public var exitCode: Int32 {
        switch outcome {
        case .printed: 0
        case .notSignedIn: 2
        case .checked: missing.isEmpty ? 0 : 3
        }
    }

    // MARK: Ready commands

    private var object: String { claims?.objectID ?? "<object-id>" }
    private var application: String { claims?.application ?? "<application-id>" }
    private var principal: String { claims?.user == nil ? "ServicePrincipal" : "User" }

    /// The root management group, which has the tenant's id as its name.
    var rootScope: String { "/providers/Microsoft.Management/managementGroups/\(tenant ?? "<tenant-id>")" }

    /// A role that may do exactly what the tables need.
    var customRole: Tree { needs.customRole(name: Self.roleName, scope: rootScope) }

    /// Assigns a role at a scope.
    func assignment(_ role: String, at scope: String) -> String {
        "az role assignment create --assignee-object-id \(object) --assignee-principal-type \(principal) "
            + "--role \"\(role)\" --scope \(scope)"
    }

    /// Gives the application these permissions of Graph, those alone whose role is known.
    func grant(_ needs: [AzureNeeds.Need]) -> [String] {
        let roles = needs.compactMap { $0.role.map { "\($0)=Role" } }.joined(separator: " ")
        guard !roles.isEmpty else { return [] }
        return [
            "az ad app permission add --id \(application) --api \(self.needs.graphApplication) "
                + "--api-permissions \(roles)",
            "az ad app permission admin-consent --id \(application)",
        ]
    }

    /// Everything that grants all needs, in order.
    var commands: [(purpose: String, command: String)] {
        var commands = [
            ("reader", assignment("Reader", at: rootScope)),
            ("customRole", "az role definition create --role-definition assay-role.json"),
            ("customRoleAssignment", assignment(Self.roleName, at: rootScope)),
            ("directoryLogs", assignment("Reader", at: "/providers/microsoft.aadiam")),
        ]
        commands += zip(["graph", "graphConsent"], grant(needs.of(.graph))).map { ($0, $1) }
        return commands
    }
}
