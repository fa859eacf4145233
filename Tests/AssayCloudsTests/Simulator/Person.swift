/// Object ids of the planted tenant's principals, by what they do.
enum Person {
    static let administrator1 = "aaaaaaaa-0000-4000-8000-000000000001"
    static let administrator2 = "aaaaaaaa-0000-4000-8000-000000000002"
    static let engineer = "aaaaaaaa-0000-4000-8000-000000000003"
    static let nurse = "aaaaaaaa-0000-4000-8000-000000000004"
    static let auditor = "aaaaaaaa-0000-4000-8000-000000000005"
    static let guest = "aaaaaaaa-0000-4000-8000-000000000006"
    static let platformTeam = "bbbbbbbb-0000-4000-8000-000000000001"
    static let careTeam = "bbbbbbbb-0000-4000-8000-000000000002"
    static let pipeline = "cccccccc-0000-4000-8000-000000000001"
    static let portal = "cccccccc-0000-4000-8000-000000000002"
    /// The application that the portal's service principal belongs to.
    static let portalApplication = "dddddddd-0000-4000-8000-000000000002"
    static let portalClient = "eeeeeeee-0000-4000-8000-000000000002"
}
