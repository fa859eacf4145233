/// What Microsoft Graph's documentation says of the permissions that collecting needs: what each is for, the id of its
/// application role, and which other permissions do as well.
///
/// Source: Microsoft Graph permissions reference, and the permission tables of each call of v1.0. A permission that no
/// table names for a call is not taken to do; then the call itself is asked.
enum GraphPermissions {
    /// The application that is Microsoft Graph, the same in every tenant and cloud.
    static let application = "00000003-0000-0000-c000-000000000000"

    /// One permission that collecting asks for.
    struct Description: Sendable {
        let name: String
        /// The id of the application role.
        let role: String
        let purpose: String
    }

    static let descriptions = [
        Description(
            name: "AccessReview.Read.All", role: "d07a8cc0-3d51-4b77-b3b0-32704d1f69fa",
            purpose: "access reviews and how they ended"),
        Description(
            name: "Application.Read.All", role: "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
            purpose: "applications and service principals: credentials, owners, permissions"),
        Description(
            name: "AuditLog.Read.All", role: "b0afded3-3588-46d8-8b3d-9842eff778da",
            purpose: "sign-ins, changes to the directory, last sign-in and registered methods of users"),
        Description(
            name: "Directory.Read.All", role: "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
            purpose: "the organization, users, groups and their members, devices, domains, delegated grants"),
        Description(
            name: "IdentityRiskyUser.Read.All", role: "dc5007c0-2d7d-4c42-879c-2dab87571379",
            purpose: "users that Microsoft Entra holds for compromised"),
        Description(
            name: "Policy.Read.All", role: "246dd0d5-5bd0-4def-940b-0421030a5b68",
            purpose: "conditional access, named locations, authentication and authorization policies"),
        Description(
            name: "RoleManagement.Read.Directory", role: "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
            purpose: "roles of the directory: who holds them, who may activate them, under which rules"),
    ]

    /// One permission that does in place of another.
    struct Inclusion: Sendable {
        /// What the calls ask for.
        let needed: String
        /// What does as well.
        let held: String
        /// The collections of which that is documented; empty for all.
        let collections: Set<String>

        init(_ needed: String, by held: String, of collections: Set<String> = []) {
            self.needed = needed
            self.held = held
            self.collections = collections
        }
    }

    private static let assignedRoles: Set = [
        "microsoft.graph/directoryRoles", "microsoft.graph/roleDefinitions", "microsoft.graph/roleAssignments",
    ]

    private static let scheduledRoles: Set = [
        "microsoft.graph/roleAssignmentScheduleInstances", "microsoft.graph/roleEligibilityScheduleInstances",
        "microsoft.graph/roleManagementPolicies", "microsoft.graph/roleManagementPolicyAssignments",
    ]

    /// Directory.Read.All stands for reading roles that are assigned and for service principals; schedules and policies
    /// of Privileged Identity Management and the federated credentials of applications have tables that leave it out.
    static let inclusions = [
        Inclusion("AccessReview.Read.All", by: "AccessReview.ReadWrite.All"),
        Inclusion("Application.Read.All", by: "Application.ReadWrite.All"),
        Inclusion("Application.Read.All", by: "Directory.Read.All", of: ["microsoft.graph/servicePrincipals"]),
        Inclusion("Application.Read.All", by: "Directory.ReadWrite.All", of: ["microsoft.graph/servicePrincipals"]),
        Inclusion(
            "AuditLog.Read.All", by: "UserAuthenticationMethod.Read.All",
            of: ["microsoft.graph/userRegistrationDetails"]),
        Inclusion("Directory.Read.All", by: "Directory.ReadWrite.All"),
        Inclusion("Directory.Read.All", by: "Device.Read.All", of: ["microsoft.graph/devices"]),
        Inclusion("Directory.Read.All", by: "Device.ReadWrite.All", of: ["microsoft.graph/devices"]),
        Inclusion("Directory.Read.All", by: "Group.Read.All", of: ["microsoft.graph/groups"]),
        Inclusion("Directory.Read.All", by: "Group.ReadWrite.All", of: ["microsoft.graph/groups"]),
        Inclusion("Directory.Read.All", by: "User.Read.All", of: ["microsoft.graph/users"]),
        Inclusion("Directory.Read.All", by: "User.ReadWrite.All", of: ["microsoft.graph/users"]),
        Inclusion("IdentityRiskyUser.Read.All", by: "IdentityRiskyUser.ReadWrite.All"),
        Inclusion("RoleManagement.Read.Directory", by: "RoleManagement.ReadWrite.Directory"),
        Inclusion("RoleManagement.Read.Directory", by: "Directory.Read.All", of: assignedRoles),
        Inclusion("RoleManagement.Read.Directory", by: "Directory.ReadWrite.All", of: assignedRoles),
        Inclusion("RoleManagement.Read.Directory", by: "RoleManagement.Read.All", of: scheduledRoles),
    ]

    /// Collections whose call needs a second permission beside the one of their entry.
    static let also = [
        "microsoft.graph/directoryAudits": ["Directory.Read.All"],
        // Without it the list comes without the last sign-in.
        "microsoft.graph/users": ["AuditLog.Read.All"],
    ]

    /// All permissions that the call of a collection needs.
    static func needed(by entry: CollectionEntry) -> [String] {
        [entry.permission] + (also[entry.type] ?? []).filter { $0 != entry.permission }
    }

    /// The permission among those held that does for the needed one in a collection; nil when none does.
    static func held(_ needed: String, for collection: String, among permissions: Set<String>) -> String? {
        if permissions.contains(needed) { return needed }
        return inclusions.first {
            $0.needed == needed && permissions.contains($0.held)
                && ($0.collections.isEmpty || $0.collections.contains(collection))
        }?.held
    }
}
