/// Scopes as `snapshot/1` writes them: `/subscriptions/s`, `aws:111122223333:eu-west-1`, `file:unit`.
public enum ScopePath {
    /// True when the outer scope is the inner one or stands above it, without regard to case; an empty scope is
    /// everywhere.
    public static func contains(_ outer: String, _ inner: String) -> Bool {
        if outer.isEmpty { return true }
        let outer = outer.lowercased()
        let inner = inner.lowercased()
        return inner == outer || inner.hasPrefix(outer + "/") || inner.hasPrefix(outer + ":")
    }
}
