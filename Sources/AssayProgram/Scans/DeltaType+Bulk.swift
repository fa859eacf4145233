public import AssayRules

extension DeltaType {
    /// A type as the bulk program judges it.
    ///
    /// - Parameters:
    ///   - type: the type with its pairs.
    ///   - parameters: the digest of the values that a pair's rule sees as `params`.
    public init(_ type: BulkType, parameters: (BulkPair) -> String) {
        self.init(
            name: type.name,
            pairs: type.pairs.map { pair in
                var dependencies: DeltaPair.Dependencies = []
                if pair.isRelational { dependencies.insert(.relations) }
                if pair.readsNow { dependencies.insert(.date) }
                if pair.readsClassification { dependencies.insert(.facts) }
                return DeltaPair(
                    identity: PairIdentity(
                        rule: pair.rule, version: pair.version, profile: pair.profile, parameters: parameters(pair)),
                    dependencies: dependencies)
            })
    }
}
