import AssayCore

/// Who a token says it is for, and what it may do.
///
/// Read for display and for checks of permission alone: nothing here verifies the signature, which is the business of
/// whoever receives the token. Graph may change the form of its tokens, so that there can be none.
public struct TokenClaims: Sendable, Hashable {
    /// The tenant's id (`tid`).
    public let tenant: String?
    /// The id of the user or service principal in the directory (`oid`).
    public let objectID: String?
    /// The application's id (`appid`, or `azp` of newer tokens).
    public let application: String?
    /// The application's name (`app_displayname`).
    public let applicationName: String?
    /// The user's name to sign in with (`upn`, `preferred_username` or `unique_name`); nil for a service principal.
    public let user: String?
    /// The ARM id of a managed identity (`xms_mirid`).
    public let managedIdentity: String?
    /// Application permissions (`roles`) and delegated ones (`scp`), sorted.
    public let permissions: [String]
    /// True for permissions that a user delegated.
    public let isDelegated: Bool
    /// Seconds since 1970 (`exp`).
    public let expiresAt: Int64?

    /// Reads the payload of a JSON Web Token; nil for anything else.
    init?(token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64Coding.decoded(parts[1].utf8),
            let document = try? JSONReader.read(payload)
        else { return nil }
        let claims = Tree(document.root)
        guard claims.members != nil else { return nil }
        func text(_ names: String...) -> String? {
            names.lazy.compactMap { claims[$0]?.stringValue }.first { !$0.isEmpty }
        }
        tenant = text("tid")
        objectID = text("oid")
        application = text("appid", "azp")
        applicationName = text("app_displayname")
        user = text("upn", "preferred_username", "unique_name")
        managedIdentity = text("xms_mirid")
        let delegated = text("scp")?.split(separator: " ").map(String.init) ?? []
        let roles = (claims["roles"]?.elements ?? []).compactMap(\.stringValue)
        isDelegated = !delegated.isEmpty
        permissions = Set(delegated + roles).sorted()
        expiresAt = claims["exp"]?.numberText.flatMap { Int64($0.prefix { $0 != "." }) }
    }

    /// `user ana@contoso.com in tenant …` or `application 1111… in tenant …`.
    public var words: String {
        let who =
            if let user {
                "user \(user)"
            } else if let managedIdentity {
                "managed identity \(managedIdentity)"
            } else if let application {
                "application \(applicationName.map { "\($0) (\(application))" } ?? application)"
            } else {
                objectID.map { "identity \($0)" } ?? "an identity without a name"
            }
        return tenant.map { "\(who) in tenant \($0)" } ?? who
    }
}
