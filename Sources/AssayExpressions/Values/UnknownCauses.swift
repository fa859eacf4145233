public import AssayCore

/// Why a value is not known: one or more causes, the first one first.
public struct UnknownCauses: Sendable, Hashable {
    /// One missing piece of evidence.
    public struct Cause: Sendable, Hashable {
        /// Why it is missing.
        public let reason: UnknownReason
        /// Where the missing value stands in its document; empty when there is no single place.
        public let path: String

        /// A cause with its reason and place.
        public init(reason: UnknownReason, path: String = "") {
            self.reason = reason
            self.path = path
        }
    }

    /// More causes than this add nothing for a reader; later ones are dropped.
    static let limit = 8

    /// Never empty; no cause is listed twice.
    public let causes: [Cause]

    /// A single cause.
    public init(_ reason: UnknownReason, path: String = "") {
        causes = [Cause(reason: reason, path: path)]
    }

    private init(causes: [Cause]) {
        self.causes = causes
    }

    /// The first cause met.
    public var first: Cause { causes.first ?? Cause(reason: .failed) }

    /// The causes of both, without repetition.
    public func merging(_ other: UnknownCauses) -> UnknownCauses {
        var merged = causes
        for cause in other.causes where merged.count < Self.limit && !merged.contains(cause) { merged.append(cause) }
        return UnknownCauses(causes: merged)
    }

    func merging(_ other: UnknownCauses?) -> UnknownCauses {
        guard let other else { return self }
        return merging(other)
    }
}

extension UnknownCauses: CustomStringConvertible {
    /// `denied at properties.x, failed at tags`.
    public var description: String {
        causes.map { $0.path.isEmpty ? $0.reason.rawValue : "\($0.reason.rawValue) at \($0.path)" }
            .joined(separator: ", ")
    }
}
