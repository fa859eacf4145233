/// What management says it does; rules, registers and populations test it.
public struct Control: Sendable {
    /// Stable within its set, `GV-01`.
    public let id: String
    /// A heading of a few words.
    public let title: String
    /// What is done, in management's words: the claim that an auditor tests.
    public let statement: String
    /// A role, not a person.
    public let owner: String
    /// preventive or detective.
    public let kind: String
    /// manual, automated or dependentOnReport.
    public let execution: String
    /// How often it is performed: continuous, daily, weekly, monthly, quarterly, annual or perEvent.
    public let frequency: String
    /// Qualified requirement ids.
    public let requirements: [String]
    /// Ids of the rules that test it.
    public let rules: [String]
    /// Registers and populations that test it.
    public let registers: [String]
    /// Populations, such as joiners or changes, from which samples are drawn to test it; by name.
    public let populations: [String]
}
