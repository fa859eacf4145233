/// Holds one token for each audience and renews it before it expires; callers that come at one moment share one
/// renewal.
public actor TokenStore {
    /// How long before its end a token is renewed, in seconds; a short-lived one at half its life.
    static let margin: Int64 = 300
    /// How long a failed early renewal is not tried again, in seconds.
    static let patience: Int64 = 30

    private struct Entry {
        let token: AccessToken
        var renewAt: Int64
    }

    private struct Renewal {
        let id: Int
        let task: Task<Result<AccessToken, SignInError>, Never>
        var waiting: Int
    }

    private let credential: any TokenCredential
    private let pacing: any Pacing
    private var entries: [String: Entry] = [:]
    private var renewals: [String: Renewal] = [:]
    private var nextID = 0

    /// An empty store.
    public init(_ credential: any TokenCredential, pacing: any Pacing) {
        self.credential = credential
        self.pacing = pacing
    }

    /// A token for an audience without `/.default`, good for some minutes where the service gives such.
    ///
    /// A token that is still valid is given when its early renewal fails.
    public func token(for resource: String) async throws(SignInError) -> AccessToken {
        let held = entries[resource]
        if let held, pacing.seconds() < held.renewAt { return held.token }
        do throws(SignInError) {
            return try await renewed(resource)
        } catch {
            guard error.code != "interrupted", let held, let entry = entries[resource],
                entry.token.text == held.token.text,
                pacing.seconds() < held.token.expiresAt
            else { throw error }
            entries[resource]?.renewAt = pacing.seconds() + Self.patience
            return held.token
        }
    }

    /// Forgets a token that was refused, so that the next caller gets a new one; nothing happens when another token has
    /// taken its place.
    public func invalidate(_ token: AccessToken, for resource: String) {
        if entries[resource]?.token.text == token.text { entries[resource] = nil }
    }

    /// Whom the token of an audience is for; nil when the token is opaque.
    public func claims(for resource: String) async throws(SignInError) -> TokenClaims? {
        TokenClaims(token: try await token(for: resource).text)
    }

    // MARK: Renewal

    /// True while a token is being obtained.
    var isRenewing: Bool { !renewals.isEmpty }

    private func renewed(_ resource: String) async throws(SignInError) -> AccessToken {
        let renewal = renewals[resource] ?? begin(resource)
        renewals[resource]?.waiting += 1
        let result = await withTaskCancellationHandler {
            await renewal.task.value
        } onCancel: {
            Task { await self.leave(resource, renewal.id) }
        }
        return try result.get()
    }

    private func begin(_ resource: String) -> Renewal {
        let id = nextID
        nextID += 1
        let credential = credential
        let task = Task {
            let result: Result<AccessToken, SignInError>
            do throws(SignInError) {
                result = .success(try await credential.token(for: resource))
            } catch {
                result = .failure(error)
            }
            self.end(resource, id, result)
            return result
        }
        let renewal = Renewal(id: id, task: task, waiting: 0)
        renewals[resource] = renewal
        return renewal
    }

    private func end(_ resource: String, _ id: Int, _ result: Result<AccessToken, SignInError>) {
        if renewals[resource]?.id == id { renewals[resource] = nil }
        guard case .success(let token) = result else { return }
        let now = pacing.seconds()
        entries[resource] = Entry(
            token: token, renewAt: token.expiresAt - min(Self.margin, max(0, token.expiresAt - now) / 2))
    }

    /// Ends a renewal that nobody waits for any more.
    private func leave(_ resource: String, _ id: Int) {
        guard renewals[resource]?.id == id else { return }
        renewals[resource]?.waiting -= 1
        guard renewals[resource]?.waiting == 0 else { return }
        renewals[resource]?.task.cancel()
        renewals[resource] = nil
    }
}
