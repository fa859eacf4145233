import AssayCore

/// What would show something that could not be seen.
enum Remedy {
    static func text(what: String, reason: String) -> String {
        let subject = what.hasPrefix("collection ") ? String(what.dropFirst("collection ".count)) : what
        let isAWS = subject.hasPrefix("AWS::") || subject.hasPrefix("Assay::AWS")
        switch UnknownReason(rawValue: reason) {
        case .denied:
            return isAWS
                ? "grant the collecting role read access (SecurityAudit covers it) and collect again"
                : "grant Reader at the subscription, or the Microsoft Graph read permission, and collect again"
        case .failed, .interrupted: return "collect again; the call did not finish"
        case .notCollected:
            if what.hasPrefix("collection ") {
                return
                    "export \(subject) too, and declare it complete under `complete` in assay.yaml if the export holds all"
            }
            return isAWS
                ? "export the answer that holds this property (see docs/sources.md for the file names)"
                : "export the whole resource with `az resource show --ids ID` or `az rest`"
        case .unparsable: return "mend the file"
        case .unsupported: return "deploy or expand it first, and scan the result"
        case .unmapped: return "export the provider's own shape instead, see docs/sources.md"
        case .missingPath: return "the answer lacks a property that the rule reads; export it with a newer API version"
        case .outsideThisSource: return "scan the unit that declares it, or the live estate"
        case .relationsUnavailable: return "give the whole snapshot as context"
        case .knownAfterDeployment: return "scan the deployed resource; the template alone cannot tell"
        case .ruleError: return "report the rule: it does not handle this input"
        case nil: return "see the diagnostics"
        }
    }
}
