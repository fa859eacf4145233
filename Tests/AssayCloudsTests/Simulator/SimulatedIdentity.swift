/// The application that signs in at the simulator.
struct SimulatedIdentity: Sendable {
    var clientId = "00000000-0000-0000-0000-00000000c11e"
    var objectId = "00000000-0000-0000-0000-00000000c0de"
    /// A client secret; no other is accepted.
    var secret = "sim-secret-1"
    /// Assertions of a federated identity that are accepted as they are.
    var federatedAssertions: Set<String> = []
    /// Whether assertions signed with a certificate are accepted; the form is checked, the signature is not.
    var acceptsCertificates = true
    /// Application permissions that tokens for Graph name; nil leaves the claim out.
    ///
    /// What is answered does not hang on it.
    var graphRoles: [String]?
    /// Whether tokens for Graph can be read; else they are text without a form.
    var hasOpaqueGraphTokens = false
    /// The header that the App Service endpoint asks for.
    var appServiceHeader = "sim-identity-header"
}
