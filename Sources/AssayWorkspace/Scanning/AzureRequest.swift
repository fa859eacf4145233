package import AssayClouds

/// What a user says of a live collection from Azure.
public struct AzureRequest: Sendable {
    /// The tenant's id; nil takes `AZURE_TENANT_ID`, else the tenant of the token.
    public var tenant: String?
    /// Ids of subscriptions; empty takes all that the identity sees.
    public var subscriptions: [String]
    /// Names of management groups; empty takes all.
    public var managementGroups: [String]
    /// `public`, `usgov` or `china`; nil takes public.
    public var cloud: String?
    /// The address of Resource Manager in place of the cloud's.
    public var resourceManager: String?
    /// The address of Graph in place of the cloud's.
    public var graph: String?
    /// A file of certificate authorities (PEM) that are trusted beside the system's.
    public var authorities: String?
    /// The most requests under way at once.
    public var concurrency: Int
    /// True asks everything anew, also what the activity log says is unchanged.
    public var isFresh = false
    /// The process's environment.
    public var environment: [String: String]
    /// The clocks of retries, rate limits and tokens; a test puts one in that jumps.
    package var pacing: any Pacing = SystemPacing()

    /// A request as the command line makes it.
    public init(
        tenant: String? = nil, subscriptions: [String] = [], managementGroups: [String] = [], cloud: String? = nil,
        resourceManager: String? = nil, graph: String? = nil, authorities: String? = nil, concurrency: Int = 32,
        environment: [String: String] = [:]
    ) {
        self.tenant = tenant
        self.subscriptions = subscriptions
        self.managementGroups = managementGroups
        self.cloud = cloud
        self.resourceManager = resourceManager
        self.graph = graph
        self.authorities = authorities
        self.concurrency = concurrency
        self.environment = environment
    }
}
