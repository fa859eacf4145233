/// What management says it does; rules, registers and populations test it.
public struct Control: Sendable {
    public let id: String
    public let title: String
    public let statement: String
    /// A role, not a person.
    public let owner: String
    /// preventive or detective.
    public let kind: String
    /// manual, automated or dependentOnReport.
    public let execution: String
    public let frequency: String
    /// Qualified requirement ids.
    public let requirements: [String]
    /// Ids of the rules that test it.
    public let rules: [String]
    /// Registers and populations that test it.
    public let registers: [String]
    public let populations: [String]
}
