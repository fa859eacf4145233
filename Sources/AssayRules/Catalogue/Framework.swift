/// A framework's requirements, by id and in our own words.
public struct Framework: Sendable {
    /// A heading under which requirements stand.
    public struct Group: Sendable {
        /// The publisher's id of the heading, `CC6`.
        public let id: String
        /// The heading in our own words.
        public let title: String
    }

    /// Short and stable: `soc2`, `iso27001`, `hipaa`; also the name of its profile.
    public let id: String
    /// The name as reports print it.
    public let title: String
    /// The edition that the ids come from.
    public let version: String
    /// What a reader must know of the text's source and rights; empty when there is nothing.
    public let note: String
    /// Headings in the publisher's order.
    public let groups: [Group]
    /// Requirements in the publisher's order, which reports keep.
    public let requirements: [Requirement]
}

/// One requirement: an id of its publisher and our paraphrase.
public struct Requirement: Sendable {
    /// What kind of evidence it takes.
    public enum Evidence: String, Sendable, CaseIterable {
        /// Configuration shows it.
        case technical
        /// Configuration and people together.
        case hybrid
        /// People and their records only.
        case process
    }

    /// Id of the framework it belongs to.
    public let framework: String
    /// The publisher's id, `CC6.1`, `A.8.24`, `164.312(b)`; unique within the framework.
    public let id: String
    /// Id of the heading it stands under; empty for none.
    public let group: String
    /// A few words of our own, not the publisher's.
    public let title: String
    /// What it asks for, in our own words: the publisher's text is not reproduced.
    public let paraphrase: String
    /// Whether configuration, people or both must show it; decides what a report may say of it.
    public let evidence: Evidence
    /// HIPAA: required, addressable or standard.
    public let implementation: String?
    /// Ids of an earlier edition.
    public let formerly: [String]

    /// `framework:id`.
    public var qualifiedID: String { "\(framework):\(id)" }
}
