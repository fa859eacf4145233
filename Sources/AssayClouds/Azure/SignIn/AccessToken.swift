/// A bearer token for one audience.
///
/// Its text reaches the `Authorization` header and nothing else: descriptions leave it out.
public struct AccessToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    let text: String
    /// Seconds since 1970 after which it is refused.
    public let expiresAt: Int64

    /// A token as a credential obtained it.
    public init(text: String, expiresAt: Int64) {
        self.text = text
        self.expiresAt = expiresAt
    }

    /// Without the token.
    public var description: String { "access token until \(expiresAt)" }

    /// Without the token.
    public var debugDescription: String { description }
}

/// A way to sign in that the environment offers.
public protocol TokenCredential: Sendable {
    /// What it is, for `assay init azure` and errors: `client secret (AZURE_CLIENT_SECRET)`.
    var label: String { get }

    /// Gets a new token.
    ///
    /// - Parameter resource: the audience without `/.default`: `https://management.azure.com`.
    /// - Throws: `SignInError` when it is not offered here or was refused.
    func token(for resource: String) async throws(SignInError) -> AccessToken
}

/// Why there is no token.
public struct SignInError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether the next way should be tried.
    public enum Kind: Sendable, Hashable {
        /// The environment does not offer this way: the next one is tried.
        case unavailable
        /// It is configured and was refused or broken: nothing else is tried, so that a mistake is seen.
        case refused
    }

    /// Whether the next way is tried.
    public let kind: Kind
    /// The identity service's code, `AADSTS7000215` or `invalid_client`; nil when there is none.
    public let code: String?
    /// In lower case, without secrets.
    public let message: String
    /// What the user does next.
    public let hint: String

    /// An error as a credential makes it.
    public init(_ kind: Kind, code: String? = nil, _ message: String, hint: String) {
        self.kind = kind
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// Message and next step.
    public var description: String { "\(message)\nhint: \(hint)" }
}
