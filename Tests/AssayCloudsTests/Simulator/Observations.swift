/// What the simulator saw.
struct Observations: Sendable {
    /// One request and how it was answered.
    struct Seen: Sendable, Hashable {
        let method: String
        let path: String
        let apiVersion: String?
        let status: Int
        /// The error's code.
        let code: String?
    }

    /// In the order in which they were answered.
    var requests: [Seen] = []
    var inFlight = 0
    var highestInFlight = 0
    /// Tokens that were handed out, for a search that they are in no file and no log.
    var issuedTokens: [String] = []
    /// Tokens that came with requests.
    var seenTokens: Set<String> = []

    /// Codes of 404 answers that say that a resource is not there, which a right client may well ask.
    private static let absences: Set<String> = [
        "ResourceNotFound", "ManagementPolicyNotFound", "Request_ResourceNotFound", "NotFound", "ResourceGroupNotFound",
        "BlobInventoryPolicyNotFound", "ParentResourceNotFound", "BlueprintNotFound", "RoleDefinitionDoesNotExist",
    ]

    /// Requests that Azure refuses for what the client sent.
    var wrong: [Seen] {
        requests.filter { seen in
            switch seen.status {
            case 400, 405, 406, 415: true
            case 404: !Self.absences.contains(seen.code ?? "")
            default: false
            }
        }
    }

    /// Requests that would change something.
    var writes: [Seen] {
        requests.filter { ["PUT", "PATCH", "DELETE"].contains($0.method) }
    }

    /// How many requests had this answer.
    func count(status: Int) -> Int {
        requests.count { $0.status == status }
    }

    /// How many requests went to paths with this part, in any letter case.
    func count(path part: String) -> Int {
        requests.count { $0.path.lowercased().contains(part.lowercased()) }
    }
}
