import AssayCore

/// Facts on where the logs of a resource go: category by category, to which sink, for how long.
enum LogFlows {
    static let type = "Assay::Azure::LogFlow"
    static let settings = "Microsoft.Insights/diagnosticSettings"
    static let tenantSettings = "microsoft.aadiam/diagnosticSettings"
    static let sources = [settings, tenantSettings]

    /// One fact for each resource that diagnostic settings can be put on.
    static func facts(_ inputs: FactInputs) -> [Resource] {
        let reader = FlowReader(inputs)
        var seen: Set<String> = []
        var subjects = LogTypes.types.flatMap { inputs.all($0) }
        subjects += reader.ownersOfSettings
        return subjects.filter { seen.insert($0.id).inserted }.map { reader.fact(of: $0) }
    }
}
