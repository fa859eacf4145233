public import AssayCore

/// What an identity may read of what collecting needs, as it was shown or asked for.
public struct AzureReadiness: Sendable {
    /// A permission that is lacking somewhere, or of which nothing could be said.
    public struct Gap: Sendable, Hashable {
        /// Whether it is known to be lacking.
        public enum State: String, Sendable, Hashable {
            case lacking
            /// Nothing showed that it is held or lacking; never taken for held.
            case unknown
        }

        /// Who grants it.
        public let place: AzureNeeds.Need.Place
        /// An action of Resource Manager, or an application permission of Graph.
        public let permission: String
        /// Where: `/subscriptions/…`, the id of a management group, `/providers/microsoft.aadiam` or `/tenants/…`.
        public let scope: String
        /// Whether it is known to be lacking there.
        public let state: State
        /// What showed it: the provider's words, or ours.
        public let reason: String
        /// The types that are not collected there without it, those that hang on them included; sorted.
        public let collections: [String]
    }

    /// One subscription.
    public struct Subscription: Sendable, Hashable {
        /// The GUID.
        public let id: String
        /// Its name as shown, or the GUID.
        public let name: String
        /// How many actions collecting needs here.
        public let needed: Int
        /// Those of them that no role of the identity holds, sorted.
        public let lacking: [String]
        /// Why nothing can be said; nil when the permissions were shown.
        public let reason: String?
    }

    /// One permission of Graph.
    public struct Graph: Sendable, Hashable {
        /// The application permission that collecting asks for.
        public let permission: String
        /// The permissions of the token that do for it, sorted.
        public let by: [String]
        /// Collections whose call was answered although the token names no permission for it, sorted.
        public let answered: [String]
        /// Collections without it, or of which nothing could be said, sorted.
        public let open: [String]
        /// Collections without a licence and with a token that cannot be read: nothing is said or lost; sorted.
        public let unlicensed: [String]
    }

    /// In the order of their ids.
    public let subscriptions: [Subscription]
    /// Why the tree below the root management group could not be read; nil when it was.
    public let rootReason: String?
    /// In the order of their names.
    public let graph: [Graph]
    /// Sorted by place, permission and scope.
    public let gaps: [Gap]
    /// What could not be said, and why.
    public let diagnostics: [Diagnostic]
}
