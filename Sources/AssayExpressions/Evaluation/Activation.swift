/// The values of the variables for one evaluation.
public struct Activation: Sendable {
    private var names: [String] = []
    private var values: [Value] = []
    /// What `default(path, "name")` gives here; the environment's own answer when nil.
    public var defaults: (@Sendable (String) -> Value?)?

    /// An activation without variables.
    public init() {}

    /// An activation with these variables.
    public init(_ variables: [String: Value]) {
        for (name, value) in variables { self[name] = value }
    }

    /// The value of a variable; nil when it is not bound.
    public subscript(name: String) -> Value? {
        get { names.firstIndex(of: name).map { values[$0] } }
        set {
            guard let index = names.firstIndex(of: name) else {
                if let newValue {
                    names.append(name)
                    values.append(newValue)
                }
                return
            }
            if let newValue {
                values[index] = newValue
            } else {
                names.remove(at: index)
                values.remove(at: index)
            }
        }
    }
}
