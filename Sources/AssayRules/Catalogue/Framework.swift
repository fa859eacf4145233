/// A framework's requirements, by id and in our own words.
public struct Framework: Sendable {
    /// A heading under which requirements stand.
    public struct Group: Sendable {
        public let id: String
        public let title: String
    }

    public let id: String
    public let title: String
    public let version: String
    public let note: String
    public let groups: [Group]
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

    public let framework: String
    public let id: String
    public let group: String
    public let title: String
    public let paraphrase: String
    public let evidence: Evidence
    /// HIPAA: required, addressable or standard.
    public let implementation: String?
    /// Ids of an earlier edition.
    public let formerly: [String]

    /// `framework:id`.
    public var qualifiedID: String { "\(framework):\(id)" }
}
