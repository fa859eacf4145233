import AssayCore

/// The objects of Microsoft Graph: lists and single objects by their path behind `/v1.0/`.
struct GraphDirectory: Sendable {
    /// What the tenant has paid for.
    enum Licence: Sendable, Hashable {
        case premium1
        case premium2
    }

    var licences: Set<Licence> = [.premium1, .premium2]
    /// By path in lower case, such as `users` or `groups/{id}/members`.
    private(set) var lists: [String: [Tree]] = [:]
    /// By path in lower case, such as `policies/authorizationpolicy`.
    private(set) var objects: [String: Tree] = [:]

    /// Puts an object at the end of a list.
    mutating func add(_ object: String, to list: String) throws {
        lists[list.lowercased(), default: []].append(try JSONText.tree(object))
    }

    /// Puts an object that stands alone.
    mutating func put(_ object: String, at path: String) throws {
        objects[path.lowercased()] = try JSONText.tree(object)
    }

    /// Changes one value of an object in a list.
    mutating func set(_ id: String, in list: String, _ path: String, _ value: Tree) {
        guard let place = DocumentPath(path),
            let index = lists[list.lowercased()]?.firstIndex(where: { $0["id"]?.stringValue == id })
        else { return }
        lists[list.lowercased()]?[index].set(value, at: place)
    }

    /// Changes one value of an object that stands alone.
    mutating func set(at path: String, _ place: String, _ value: Tree) {
        guard let place = DocumentPath(place) else { return }
        objects[path.lowercased()]?.set(value, at: place)
    }

    /// Takes an object out of a list.
    mutating func remove(_ id: String, from list: String) {
        lists[list.lowercased()]?.removeAll { $0["id"]?.stringValue == id }
    }

    /// Lists that exist even when they are empty, in lower case.
    static let known: Set<String> = [
        "users", "groups", "applications", "serviceprincipals", "devices", "organization", "domains", "directoryroles",
        "directoryroletemplates", "subscribedskus", "oauth2permissiongrants", "identity/conditionalaccess/policies",
        "identity/conditionalaccess/namedlocations", "identity/conditionalaccess/authenticationstrength/policies",
        "policies/authenticationstrengthpolicies", "policies/rolemanagementpolicies",
        "policies/rolemanagementpolicyassignments", "policies/permissiongrantpolicies",
        "policies/appmanagementpolicies", "rolemanagement/directory/roledefinitions",
        "rolemanagement/directory/roleassignments", "rolemanagement/directory/roleassignmentschedules",
        "rolemanagement/directory/roleassignmentscheduleinstances",
        "rolemanagement/directory/roleeligibilityschedules",
        "rolemanagement/directory/roleeligibilityscheduleinstances", "auditlogs/signins", "auditlogs/directoryaudits",
        "reports/authenticationmethods/userregistrationdetails", "identityprotection/riskyusers",
        "identityprotection/riskdetections", "identityprotection/riskyserviceprincipals",
        "identitygovernance/accessreviews/definitions", "directory/deleteditems/microsoft.graph.application",
        "devicemanagement/deviceconfigurations", "devicemanagement/devicecompliancepolicies", "invitations",
    ]

    /// Lists below an object of a list, in lower case.
    static let relations: [String: Set<String>] = [
        "users": ["memberof", "transitivememberof", "approleassignments", "owneddevices", "registereddevices"],
        "groups": ["members", "transitivemembers", "owners", "memberof", "approleassignments"],
        "directoryroles": ["members", "scopedmembers"],
        "applications": ["owners", "federatedidentitycredentials", "extensionproperties"],
        "serviceprincipals": [
            "owners", "approleassignments", "approleassignedto", "oauth2permissiongrants", "memberof",
            "transitivememberof", "federatedidentitycredentials",
        ],
        "devices": ["registeredowners", "memberof"],
        "policies/rolemanagementpolicies": ["rules", "effectiverules"],
        "identitygovernance/accessreviews/definitions": ["instances"],
    ]

    /// Lists of the directory itself, which can be counted and expand at most twenty.
    static let directoryObjects: Set<String> = ["users", "groups", "applications", "serviceprincipals", "devices"]

    /// What a user shows when nothing is selected.
    static let defaultUser: Set<String> = [
        "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation",
        "preferredLanguage", "surname", "userPrincipalName",
    ]
}
