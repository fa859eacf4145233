import AssayCore

/// Makes fragments of AWS bodies: shape, identity, account and Region as far as the body tells.
enum AWSFragments {
    /// The fragment of one body; `subject` is an identifier or an ARN.
    static func fragment(
        type: AWSType, subject: String, body: Tree, covers: Coverings, from source: ExportSource,
        at position: SourcePosition?, into collector: inout Collector
    ) -> Fragment {
        var pass = ShapePass(type: type.type, keepsNull: false)
        var shaped = pass.shaped(body, as: type.shape, at: DocumentPath()) ?? body
        collector.take(pass.diagnostics, in: source)
        let template = type.arn.map { ARNTemplate(pattern: $0) }
        var identifier = subject
        var arn = shaped["Arn"]?.stringValue.flatMap { $0.hasPrefix("arn:") ? $0 : nil }
        if subject.hasPrefix("arn:") {
            arn = arn ?? subject
            identifier = template?.identifier(in: subject) ?? subject
        }
        if !type.identifier.isEmpty, !identifier.isEmpty, shaped[type.identifier] == nil {
            shaped[type.identifier] = Tree(.string(identifier), at: position)
        }
        let zone =
            shaped["AvailabilityZone"]?.stringValue
            ?? shaped.descendant(["Placement", "AvailabilityZone"])?.stringValue
        let home = shaped["HomeRegion"]?.stringValue ?? shaped["BucketRegion"]?.stringValue
        let owner =
            shaped["OwnerId"]?.stringValue ?? shaped["AWSAccountId"]?.stringValue ?? shaped["AccountId"]?.stringValue
        return Fragment(
            type: type.type, identifier: identifier, provider: .aws, arn: arn,
            account: arn.flatMap { ARNTemplate.account(in: $0) } ?? owner.flatMap { $0.isAccountID ? $0 : nil },
            region: arn.flatMap { ARNTemplate.region(in: $0) } ?? home
                ?? zone.map { String($0.reversed().drop { $0.isLetter }.reversed()) }.flatMap { $0.isRegion ? $0 : nil },
            name: type.nameProperty.flatMap { shaped[$0]?.stringValue }, body: shaped, covers: covers,
            origin: source.origin(at: position))
    }
}

/// What a call about one parent says of a type that hangs below it.
struct ChildCoverage {
    let collection: String
    let parentType: String
    let parent: String
    let state: Coverage.State
    let count: Int?
    let call: String?
    let code: String?
    let message: String?
}

/// What a list that failed says of a type in an account and Region, known when all files are read.
struct ListCoverage {
    let type: String
    let file: String
    let account: String?
    let region: String?
    let state: Coverage.State
    let call: String?
    let code: String?
    let message: String?
}
