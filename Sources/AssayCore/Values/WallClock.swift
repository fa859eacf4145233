/// Tells the time; passed in, so that results depend on inputs alone.
public protocol WallClock: Sendable {
    /// The present moment, RFC 3339 in UTC with seconds.
    func now() -> String
}

/// A clock that stands still.
public struct FixedClock: WallClock {
    private let moment: String

    /// A clock that always shows this moment, RFC 3339 in UTC.
    public init(_ moment: String) {
        self.moment = moment
    }

    /// The fixed moment.
    public func now() -> String { moment }
}
