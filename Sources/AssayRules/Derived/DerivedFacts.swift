public import AssayCore

/// What follows from a snapshot and stands in none of its resources: who may do what, what the internet reaches, where
/// logs end up.
///
/// Pure: the same resources and coverage give the same facts, from the live cloud, an export or files. A fact is a
/// resource of a type `Assay::…` with `provider: assay`; its id continues the id of what it is about, so that it is that
/// resource's child and shares its classification. What an input does not show is unknown in the fact with the input's
/// reason; a list that may be longer than it shows ends with an unknown element.
public enum DerivedFacts {
    /// The types of facts, by name.
    public static let types = [
        EffectivePermissions.type, LogFlows.type, NetworkExposures.type, ResourceAccess.type,
    ].sorted()

    /// All facts of a snapshot.
    ///
    /// Cost grows with n log n in resources and records, plus the facts themselves; members of one group count up to
    /// `PrincipalDirectory.maximumMembers`, and one packet filter costs its distinct sources times its rules.
    ///
    /// - Parameters:
    ///   - resources: what was collected; facts of an earlier call among them are left aside.
    ///   - coverage: what was looked at.
    /// - Returns: facts sorted by type and id, and a record for each scope in which the collections that a kind of fact
    ///   is made from were looked at: `read` where they are known, else the state of the first that is not.
    public static func facts(
        of resources: [Resource], coverage: [Coverage]
    ) -> (resources: [Resource], coverage: [Coverage]) {
        let inputs = FactInputs(resources.filter { !types.contains($0.type) }, coverage)
        let access = AccessModel(inputs)
        var facts = EffectivePermissions.facts(access)
        facts += ResourceAccess.facts(access)
        facts += NetworkExposures.facts(inputs)
        facts += LogFlows.facts(inputs)
        facts.sort { ($0.type, $0.id) < ($1.type, $1.id) }
        var records: [Coverage] = []
        for (type, sources) in [
            (EffectivePermissions.type, EffectivePermissions.sources), (ResourceAccess.type, ResourceAccess.sources),
            (NetworkExposures.type, NetworkExposures.sources), (LogFlows.type, LogFlows.sources),
        ] {
            records += inputs.coverage.derived(type, from: sources)
        }
        return (facts, records.sorted { ($0.collection, $0.scope) < ($1.collection, $1.scope) })
    }
}
