import ArgumentParser
import AssayWorkspace

/// What may be said of the live source `azure`; the same on every command that collects.
struct AzureOptions: ParsableArguments {
    @Option(name: .long, help: "Tenant id; else AZURE_TENANT_ID, else the tenant of the token.") var tenant: String?
    @Option(name: .long, help: "Subscription id to collect; repeat for several. Without it, all.")
    var subscription: [String] = []
    @Option(name: .long, help: "Management group whose subscriptions are collected; repeat for several.")
    var managementGroup: [String] = []
    @Option(name: .long, help: "Cloud: public, usgov or china.") var azureCloud: String?
    @Option(name: .long, help: "Address of Resource Manager in place of the cloud's.") var azureResourceManager: String?
    @Option(name: .long, help: "Address of Microsoft Graph in place of the cloud's.") var azureGraph: String?
    @Option(name: .long, help: "File of certificate authorities (PEM) to trust beside the system's.") var caFile:
        String?
    @Option(name: .long, help: "Most requests under way at once.") var concurrency = 32

    @Flag(name: .long, help: "Ask everything anew, also what the activity log says is unchanged.") var fresh = false

    func validate() throws {
        guard (1...256).contains(concurrency) else {
            throw ValidationError("--concurrency is between 1 and 256, not \(concurrency)")
        }
        for subscription in subscription where !Self.isGUID(subscription) {
            throw ValidationError("--subscription is an id as `az account list` shows it, not `\(subscription)`")
        }
    }

    private static func isGUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }

    var request: AzureRequest {
        var request = AzureRequest(
            tenant: tenant, subscriptions: subscription, managementGroups: managementGroup, cloud: azureCloud,
            resourceManager: azureResourceManager, graph: azureGraph, authorities: caFile, concurrency: concurrency,
            environment: Console.environment())
        request.isFresh = fresh
        return request
    }
}
