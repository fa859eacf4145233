/// A value that may not be there, as `optional.of` and `.?field` make it.
public final class OptionalValue: Sendable {
    /// The value; nil when there is none.
    public let value: Value?

    /// An optional that holds this value, or nothing.
    public init(_ value: Value?) {
        self.value = value
    }

    static let none = OptionalValue(nil)
}
