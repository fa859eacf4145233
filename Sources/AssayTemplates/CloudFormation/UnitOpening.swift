import AssayCore

/// What in a template may declare more resources than its text shows, or change those that it shows.
struct UnitOpening {
    /// Transforms that leave the written resources as they are and add none.
    private static let harmless: Set<String> = ["AWS::LanguageExtensions"]
    /// Transforms of the provider that add resources and leave the written ones as they are.
    private static let additive: Set<String> = [
        "AWS::Serverless-2016-10-31", "AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16",
        "AWS::CodeDeployBlueGreen", "AWS::Include",
    ]
    /// What the main resource of each serverless type becomes.
    static let serverless = [
        "AWS::Serverless::Function": "AWS::Lambda::Function",
        "AWS::Serverless::LayerVersion": "AWS::Lambda::LayerVersion",
        "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
        "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
        "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
        "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
        "AWS::Serverless::GraphQLApi": "AWS::AppSync::GraphQLApi",
        "AWS::Serverless::Application": "AWS::CloudFormation::Stack",
    ]

    /// True when resources may be missing.
    private(set) var isOpen = false
    /// True when a macro may have rewritten every resource.
    private(set) var isRewritten = false

    init(_ template: CloudFormationTemplate, diagnostics: inout UnitDiagnostics) {
        for transform in template.transforms where !Self.harmless.contains(transform.name) {
            isOpen = true
            let isKnown = Self.additive.contains(transform.name)
            if !isKnown { isRewritten = true }
            diagnostics.add(
                "cloudformation-transform-unsupported", .error,
                isKnown
                    ? "transform `\(transform.name)` is not run; the resources that it adds are not seen"
                    : "macro `\(transform.name)` is not run; it may change every resource, so none is known",
                at: transform.position, hint: Self.hint, once: transform.name)
        }
        let named = [template.parameters, template.mappings, template.conditions]
        for (key, value) in named.flatMap({ $0 }).filter({ $0.key.hasPrefix("Fn::") }).sorted(by: { $0.key < $1.key }) {
            isOpen = true
            diagnostics.add(
                "cloudformation-function-unsupported", .warning,
                "`\(key)` is not run; the names that it declares are not known",
                at: value.position, hint: Self.hint, once: "sections " + key)
        }
        for member in template.resources {
            if let problem = Self.problem(of: member) {
                isOpen = true
                diagnostics.add(
                    problem.code, problem.severity, problem.message, at: member.value.position, hint: problem.hint,
                    once: problem.subject)
            }
        }
    }

    private static let hint =
        "scan the processed template: aws cloudformation get-template --template-stage Processed"

    private struct Problem {
        let code: String
        let severity: Diagnostic.Severity
        let message: String
        var hint: String?
        /// What is told once a file; nil tells every time.
        var subject: String?
    }

    private static func problem(of member: Tree.Member) -> Problem? {
        let key = member.key
        if key.hasPrefix("Fn::") {
            let name = key.hasPrefix("Fn::ForEach::") ? "Fn::ForEach" : key
            return Problem(
                code: "cloudformation-function-unsupported", severity: .error,
                message: "`\(name)` among the resources is not run; the resources that it declares are not seen",
                hint: hint, subject: "resources " + name)
        }
        guard member.value.members != nil else {
            return Problem(
                code: "cloudformation-resource-malformed", severity: .error,
                message: "resource `\(key)` is not an object and was not read")
        }
        guard let type = member.value["Type"]?.stringValue, !type.isEmpty else {
            return Problem(
                code: "cloudformation-resource-malformed", severity: .error,
                message: "resource `\(key)` has no `Type` that is a string and was not read")
        }
        if isModule(type) {
            return Problem(
                code: "cloudformation-module-unsupported", severity: .error,
                message: "modules such as `\(key)` are not resolved; the resources that they declare are not seen",
                hint: hint, subject: "")
        }
        if type.hasPrefix("AWS::Serverless::") {
            return Problem(
                code: "cloudformation-serverless-unsupported", severity: .error,
                message: "serverless resources such as `\(key)` are not expanded; their values are unknown",
                hint: hint, subject: "")
        }
        if type == "AWS::CloudFormation::Stack" {
            return Problem(
                code: "cloudformation-nested-stack", severity: .warning,
                message:
                    "nested stacks such as `\(key)` are not followed; the resources that they declare are not seen",
                hint: "scan the nested templates as files of their own", subject: "")
        }
        return nil
    }

    static func isModule(_ type: String) -> Bool { type.hasSuffix("::MODULE") }
}
