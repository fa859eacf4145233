/// One cloud of Microsoft: where one signs in, and where Resource Manager and Graph are.
///
/// Hosts and audiences are those of Azure's own SDKs (azcore `cloud`, MSGraph national clouds).
public struct AzureCloud: Sendable, Hashable {
    /// As the Azure CLI calls it: `AzureCloud`, `AzureUSGovernment`, `AzureChinaCloud`.
    public let name: String
    /// Where tokens come from.
    public private(set) var authority: Endpoint
    /// Where the resources of subscriptions are read.
    public private(set) var resourceManager: Endpoint
    /// Where the directory is read.
    public private(set) var graph: Endpoint
    /// The audience of tokens for Resource Manager, without `/.default`.
    public private(set) var resourceManagerAudience: String
    /// The audience of tokens for Graph, without `/.default`.
    public private(set) var graphAudience: String
    /// What follows a vault's name in its host name.
    public let keyVaultSuffix: String
    /// What follows a managed HSM's name in its host name.
    public let managedHSMSuffix: String

    /// The cloud that most tenants are in.
    public static let `public` = AzureCloud(
        name: "AzureCloud", authority: Endpoint(https: "login.microsoftonline.com"),
        resourceManager: Endpoint(https: "management.azure.com"), graph: Endpoint(https: "graph.microsoft.com"),
        resourceManagerAudience: "https://management.azure.com", graphAudience: "https://graph.microsoft.com",
        keyVaultSuffix: "vault.azure.net", managedHSMSuffix: "managedhsm.azure.net")

    /// Azure Government (GCC High; the Graph of DoD is `https://dod-graph.microsoft.us` and is given as an option).
    public static let usGovernment = AzureCloud(
        name: "AzureUSGovernment", authority: Endpoint(https: "login.microsoftonline.us"),
        resourceManager: Endpoint(https: "management.usgovcloudapi.net"), graph: Endpoint(https: "graph.microsoft.us"),
        resourceManagerAudience: "https://management.core.usgovcloudapi.net",
        graphAudience: "https://graph.microsoft.us", keyVaultSuffix: "vault.usgovcloudapi.net",
        managedHSMSuffix: "managedhsm.usgovcloudapi.net")

    /// Azure operated by 21Vianet.
    public static let china = AzureCloud(
        name: "AzureChinaCloud", authority: Endpoint(https: "login.chinacloudapi.cn"),
        resourceManager: Endpoint(https: "management.chinacloudapi.cn"),
        graph: Endpoint(https: "microsoftgraph.chinacloudapi.cn"),
        resourceManagerAudience: "https://management.core.chinacloudapi.cn",
        graphAudience: "https://microsoftgraph.chinacloudapi.cn", keyVaultSuffix: "vault.azure.cn",
        managedHSMSuffix: "managedhsm.azure.cn")

    /// All clouds, the one that most are in first.
    public static let all = [AzureCloud.public, .usGovernment, .china]

    /// The other host of China's identity service, which newer documentation names.
    private static let otherAuthorities = ["login.partner.microsoftonline.cn": AzureCloud.china]

    /// The cloud of a name: the Azure CLI's, the SDKs' or a plain word, in any case.
    public static func named(_ name: String) -> AzureCloud? {
        switch name.lowercased() {
        case "azurecloud", "azurepublic", "azurepubliccloud", "public": .public
        case "azureusgovernment", "azuregovernment", "azureusgovernmentcloud", "usgovernment": .usGovernment
        case "azurechinacloud", "azurechina", "china": .china
        default: nil
        }
    }

    /// What a user may set beside the environment; nil leaves the cloud's own.
    public struct Options: Sendable, Hashable {
        /// The cloud's name; nil takes the cloud that `AZURE_AUTHORITY_HOST` belongs to, else the public one.
        public var cloud: String?
        /// The address of Resource Manager.
        public var resourceManager: String?
        /// The address of Graph.
        public var graph: String?
        /// The audience stays that of the cloud for a custom address unless it is given here.
        public var resourceManagerAudience: String?
        /// As for Resource Manager.
        public var graphAudience: String?

        /// Options that leave everything to the cloud.
        public init(
            cloud: String? = nil, resourceManager: String? = nil, graph: String? = nil,
            resourceManagerAudience: String? = nil, graphAudience: String? = nil
        ) {
            self.cloud = cloud
            self.resourceManager = resourceManager
            self.graph = graph
            self.resourceManagerAudience = resourceManagerAudience
            self.graphAudience = graphAudience
        }
    }

    /// The cloud that options and environment ask for.
    ///
    /// `AZURE_AUTHORITY_HOST` may come without a scheme, as the SDKs allow.
    ///
    /// - Throws: `EndpointError` for a cloud that does not exist and for an address that nothing may be sent to.
    public static func configured(
        _ options: Options = Options(), _ environment: EnvironmentReader
    ) throws(EndpointError) -> AzureCloud {
        var authority: Endpoint?
        if let given = environment["AZURE_AUTHORITY_HOST"] {
            authority = try Endpoint.validated(given.contains("://") ? given : "https://" + given)
        }
        var cloud = authority.flatMap(Self.of) ?? .public
        if let name = options.cloud {
            guard let named = named(name) else {
                throw EndpointError(
                    "there is no cloud `\(name)`", hint: "name one of \(all.map(\.name).joined(separator: ", "))")
            }
            cloud = named
        }
        if let authority { cloud.authority = authority }
        if let url = options.resourceManager { cloud.resourceManager = try Endpoint.validated(url) }
        if let url = options.graph { cloud.graph = try Endpoint.validated(url) }
        if let audience = options.resourceManagerAudience { cloud.resourceManagerAudience = audience }
        if let audience = options.graphAudience { cloud.graphAudience = audience }
        return cloud
    }

    private static func of(_ authority: Endpoint) -> AzureCloud? {
        all.first { $0.authority.host == authority.host } ?? otherAuthorities[authority.host]
    }
}
