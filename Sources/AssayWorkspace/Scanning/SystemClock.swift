public import AssayCore
import AssayExpressions
import Glibc

/// The machine's clock, in whole seconds.
public struct SystemClock: WallClock {
    /// A clock without state: every call asks the system.
    public init() {}

    /// The present moment, RFC 3339 in UTC.
    public func now() -> String {
        let seconds = Int64(time(nil))
        // The machine's clock cannot leave the years 1 to 9999 that a timestamp covers.
        return (try? Timestamp(seconds: seconds).rfc3339) ?? "1970-01-01T00:00:00Z"
    }
}
