/// A value that may not be there, as `optional.of` and `.?field` make it.
public final class OptionalValue: Sendable {
    public let value: Value?

    public init(_ value: Value?) {
        self.value = value
    }

    static let none = OptionalValue(nil)
}
