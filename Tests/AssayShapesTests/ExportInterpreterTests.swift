import AssayCore
import AssayShapes
import Testing

@Suite struct ExportInterpreterTests {
    private static let vault = "/subscriptions/s1/resourceGroups/r/providers/Microsoft.KeyVault/vaults"

    private func vault(_ name: String, _ properties: String) -> String {
        #"{"id":"\#(Self.vault)/\#(name)","name":"\#(name)","type":"Microsoft.KeyVault/vaults","properties":\#(properties)}"#
    }

    @Test("a list proves that its elements exist and nothing else")
    func lists() throws {
        let outcome = try ShapeFixtures.outcome([("vaults.json", "[\(vault("a", "{}"))]")])
        #expect(outcome.resources.map(\.type) == ["Assay::Azure::Subscription", "Microsoft.KeyVault/vaults"])
        #expect(outcome.coverage.isEmpty)
    }

    @Test(
        "a recorded list is complete only without a filter, a cut and an open page",
        arguments: [
            ("", "", Coverage.State.read), ("&$filter=x", "", nil), ("&%24filter=x", "", nil),
            ("&$skiptoken=2", "", nil),
            ("", #","truncated":true"#, .interrupted), ("&$expand=x", "", .read),
        ])
    func completeness(query: String, cut: String, state: Coverage.State?) throws {
        let uri =
            "https://management.azure.com/subscriptions/S1/providers/microsoft.keyvault/VAULTS?api-version=1\(query)"
        let outcome = try ShapeFixtures.outcome([
            ("calls.json", #"[{"method":"GET","uri":"\#(uri)","status":200,"response_body":{"value":[]}\#(cut)}]"#)
        ])
        #expect(outcome.coverage.map(\.state) == [state].compactMap { $0 })
        #expect(
            outcome.coverage.allSatisfy {
                $0.collection == "Microsoft.KeyVault/vaults" && $0.scope == "/subscriptions/s1"
            })
    }

    @Test("what a service command flattens is refused, and its properties are unknown")
    func flattened() throws {
        let outcome = try ShapeFixtures.outcome([
            (
                "vaults.json",
                #"[{"id":"\#(Self.vault)/a","name":"a","type":"Microsoft.KeyVault/vaults","enableSoftDelete":true}]"#
            )
        ])
        let vault = try #require(outcome.resources.last)
        #expect(vault.unknownPaths.map(\.path.description) == ["properties"])
        #expect(vault.unknownPaths.map(\.reason) == [.unmapped])
        #expect(outcome.diagnostics.map(\.code) == ["shape-flattened-export"])
        #expect(outcome.diagnostics.first?.severity == .error)
    }

    @Test("two files that disagree make a value unknown, and agreeing ones do not")
    func disagreement() throws {
        let outcome = try ShapeFixtures.outcome([
            ("a.json", vault("a", #"{"enablePurgeProtection":true,"enableSoftDelete":true}"#)),
            ("b.json", vault("A", #"{"enablePurgeProtection":false,"enableSoftDelete":true}"#)),
        ])
        let vault = try #require(outcome.resources.last)
        #expect(vault.unknownPaths.map(\.path.description) == ["properties.enablePurgeProtection"])
        #expect(vault.body["properties"]?["enableSoftDelete"]?.bool == true)
        #expect(outcome.diagnostics.map(\.code) == ["shape-sources-disagree"])
    }

    @Test("within one file the later answer counts")
    func later() throws {
        let outcome = try ShapeFixtures.outcome([
            (
                "a.json",
                "[\(vault("a", #"{"enablePurgeProtection":false}"#)),\(vault("a", #"{"enablePurgeProtection":true}"#))]"
            )
        ])
        #expect(outcome.resources.last?.body["properties"]?["enablePurgeProtection"]?.bool == true)
        #expect(outcome.resources.last?.unknownPaths.isEmpty == true)
    }

    @Test(
        "a wrong type costs its own place only",
        arguments: [
            #"[7, VAULT]"#, #"[{"id":7}, VAULT]"#, #"{"value":[null, VAULT]}"#, #"{"value":["x", VAULT],"nextLink":7}"#,
            #"{"count":2,"data":[[], VAULT]}"#,
        ])
    func wrongTypes(template: String) throws {
        let json = template.replacing("VAULT", with: vault("a", "{}"))
        let outcome = try ShapeFixtures.outcome([("a.json", json)])
        #expect(outcome.resources.contains { $0.type == "Microsoft.KeyVault/vaults" })
        #expect(outcome.diagnostics.map(\.code) == ["shape-wrong-type"])
        #expect(outcome.diagnostics.first?.location?.line == 1)
    }

    @Test(
        "no document stops a run",
        arguments: [
            "{}", "[]", "7", "null", #""text""#, #"{"value":{}}"#, #"{"data":7,"count":1}"#, #"{"Buckets":7}"#,
            #"{"Buckets":{}}"#,
            #"{"configurationItems":7}"#, #"{"TypeName":"A::B::C","ResourceDescription":7}"#, #"{"Error":7}"#,
            #"{"error":7}"#,
            #"{"Content":7}"#, #"{"Content":"%%%"}"#, #"{"SecurityGroups":[7,[]]}"#, #"{"PolicyVersion":[]}"#,
            #"{"uri":7,"status":200,"response_body":{}}"#, #"{"@odata.context":7,"value":[]}"#,
            #"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users","value":[7]}"#,
            #"{"KeyMetadata":"x"}"#, #"{"SecurityGroups":[{"GroupId":"sg-1","IpPermissions":7}]}"#,
            #"{"SecurityGroups":[{"GroupId":"sg-1","IpPermissions":[7]}]}"#, #"{"Account":7,"Arn":7,"UserId":7}"#,
        ])
    func robustness(json: String) throws {
        let outcome = try ShapeFixtures.outcome([("a.json", json)])
        let isNamed = !outcome.diagnostics.isEmpty || !outcome.resources.isEmpty
        #expect(isNamed, "nothing is said of \(json)")
    }

    @Test("a list of security group rules of the wrong type is unknown, never empty")
    func wrongRules() throws {
        let outcome = try ShapeFixtures.outcome([
            ("a.json", #"{"SecurityGroups":[{"GroupId":"sg-1","IpPermissions":[7]}]}"#)
        ])
        #expect(outcome.resources.first?.unknownPaths.map(\.path.description) == ["SecurityGroupIngress[0]"])
    }

    @Test("a part of a bucket is set, absent, refused or not collected by what its own answer says")
    func parts() throws {
        let outcome = try ShapeFixtures.outcome([
            ("list-buckets.json", #"{"Buckets":[{"Name":"b","CreationDate":"2024-01-01T00:00:00Z"}]}"#),
            ("get-bucket-encryption.b.json", #"{"Error":{"Code":"ServerSideEncryptionConfigurationNotFoundError"}}"#),
            ("get-bucket-logging.b.json", #"{"Error":{"Code":"AccessDenied"}}"#),
            ("s3/b/get-bucket-versioning.json", "{}"),
            ("s3/b/get-public-access-block.json", #"{"PublicAccessBlockConfiguration":{"BlockPublicAcls":"true"}}"#),
        ])
        let bucket = try #require(outcome.resources.first { $0.type == "AWS::S3::Bucket" })
        #expect(bucket.body["BucketEncryption"] == nil)
        #expect(bucket.body["VersioningConfiguration"] == nil)
        #expect(bucket.body["LoggingConfiguration"]?.unknownReason == .denied)
        #expect(bucket.body["ObjectLockConfiguration"]?.unknownReason == .notCollected)
        #expect(bucket.body["PublicAccessBlockConfiguration"]?["BlockPublicAcls"]?.bool == true)
    }

    @Test("nulls of a configuration item are no configuration")
    func nulls() throws {
        let outcome = try ShapeFixtures.outcome([
            (
                "a.json",
                #"""
                {"configurationItems":[{"resourceType":"AWS::S3::Bucket","resourceId":"b","configurationItemCaptureTime":"1",
                "configuration":{"name":"b"},"supplementaryConfiguration":{
                "BucketLoggingConfiguration":{"destinationBucketName":null,"logFilePrefix":null}}}]}
                """#
            )
        ])
        let bucket = try #require(outcome.resources.first)
        #expect(bucket.body["LoggingConfiguration"] == nil)
    }

    @Test("an answer that shows a part alone leaves the rest unknown")
    func partial() throws {
        let outcome = try ShapeFixtures.outcome([
            ("get-trail-status.all.json", #"{"IsLogging":true}"#), ("t.json", #"{"TableNames":["orders"]}"#),
        ])
        let trail = try #require(outcome.resources.first { $0.type == "AWS::CloudTrail::Trail" })
        #expect(trail.body["IsLogging"]?.bool == true)
        #expect(trail.body["IsMultiRegionTrail"]?.unknownReason == .notCollected)
        let table = try #require(outcome.resources.first { $0.type == "AWS::DynamoDB::Table" })
        #expect(table.body["SSESpecification"]?.unknownReason == .notCollected)
    }

    @Test("Cloud Control proves what CloudFormation has a property for, and nothing else")
    func cloudControl() throws {
        let outcome = try ShapeFixtures.outcome([
            (
                "k.json",
                #"{"TypeName":"AWS::KMS::Key","ResourceDescription":{"Identifier":"k","Properties":"{\"KeyId\":\"k\"}"}}"#
            )
        ])
        let key = try #require(outcome.resources.first)
        #expect(key.body["EnableKeyRotation"] == nil)
        #expect(key.body["KeyState"]?.unknownReason == .notCollected)
    }

    @Test("a managed policy is known under the name that AWS Config gives it")
    func configNames() throws {
        let outcome = try ShapeFixtures.outcome([
            (
                "a.json",
                #"""
                {"configurationItems":[{"resourceType":"AWS::IAM::Policy","resourceId":"ANPA","awsRegion":"global",
                "arn":"arn:aws:iam::111122223333:policy/p","configurationItemCaptureTime":"1","configuration":{
                "policyName":"p","arn":"arn:aws:iam::111122223333:policy/p","policyVersionList":[
                {"document":"%7B%22Statement%22%3A%5B%5D%7D","versionId":"v1","isDefaultVersion":true}]}}]}
                """#
            )
        ])
        let policy = try #require(outcome.resources.first)
        #expect(policy.type == "AWS::IAM::ManagedPolicy")
        #expect(policy.id == "arn:aws:iam::111122223333:policy/p")
        #expect(policy.body["PolicyDocument"]?["Statement"]?.kind == .array)
    }

    @Test("a policy that was saved by itself is read when its file says of what it is")
    func barePolicy() throws {
        let outcome = try ShapeFixtures.outcome([
            ("get-bucket-policy.b.json", #"{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}]}"#)
        ])
        let policy = try #require(outcome.resources.first { $0.type == "AWS::S3::BucketPolicy" })
        #expect(policy.body["Bucket"]?.string == "b")
        #expect(policy.body["PolicyDocument"]?["Statement"]?.count == 1)
    }

    @Test("a refused list is a coverage record of the account and Region that its folder names")
    func refusedList() throws {
        let outcome = try ShapeFixtures.outcome([
            ("/exports/prod/sts.json", #"{"Account":"111122223333","Arn":"a","UserId":"u"}"#),
            (
                "/exports/prod/eu-west-1/describe-vpcs.json",
                #"{"Error":{"Code":"UnauthorizedOperation","Message":"no"}}"#
            ),
            ("/exports/prod/list-users.json", #"{"Error":{"Code":"ThrottlingException","Message":"later"}}"#),
        ])
        #expect(outcome.coverage.map(\.collection) == ["AWS::EC2::VPC", "AWS::IAM::User"])
        #expect(outcome.coverage.map(\.scope) == ["aws:111122223333:eu-west-1", "aws:111122223333"])
        #expect(outcome.coverage.map(\.state) == [.denied, .failed])
        #expect(outcome.files["/exports/prod/list-users.json"] == .failed)
    }

    @Test("an empty file is an answer only where the call prints nothing for what is not configured")
    func emptyFiles() throws {
        var interpreter = ExportInterpreter(tables: try ShapeFixtures.tables(), redactor: nil)
        let versioning = interpreter.add(text: [0x0A], file: "s3/b/get-bucket-versioning.json")
        let encryption = interpreter.add(text: [], file: "s3/b/get-bucket-encryption.json")
        #expect(versioning)
        #expect(!encryption)
        let bucket = try #require(interpreter.finish().resources.first)
        #expect(bucket.body["VersioningConfiguration"] == nil)
        #expect(bucket.body["BucketEncryption"]?.unknownReason == .notCollected)
    }

    @Test(
        "of recorded history only the latest item counts, and a deletion ends it",
        arguments: [
            ("ResourceDeleted", 0), ("OK", 1),
        ])
    func history(status: String, count: Int) throws {
        func item(_ time: String, _ status: String, _ encrypted: Bool) -> String {
            #"{"resourceType":"AWS::EC2::Volume","resourceId":"v","accountId":"111122223333","awsRegion":"eu-west-1","#
                + #""configurationItemCaptureTime":"\#(time)","configurationItemStatus":"\#(status)","configuration":"{\"volumeId\":\"v\",\"encrypted\":\#(encrypted)}"}"#
        }
        let items = [item("2024-01-02T00:00:00Z", status, true), item("2024-01-01T00:00:00Z", "OK", false)]
        let outcome = try ShapeFixtures.outcome([
            ("a.json", #"{"configurationItems":[\#(items.joined(separator: ","))]}"#)
        ])
        let volumes = outcome.resources.filter { $0.type == "AWS::EC2::Volume" }
        #expect(volumes.count == count)
        #expect(volumes.allSatisfy { $0.body["Encrypted"]?.bool == true && $0.origin.at == "2024-01-02T00:00:00Z" })
    }

    @Test("folders of two accounts keep their resources apart")
    func accounts() throws {
        let volumes = #"{"Volumes":[{"VolumeId":"v","AvailabilityZone":"eu-west-1a","Encrypted":true}]}"#
        let outcome = try ShapeFixtures.outcome([
            ("one/sts.json", #"{"Account":"111122223333","Arn":"a","UserId":"u"}"#), ("one/v.json", volumes),
            ("two/444455556666/v.json", volumes),
        ])
        #expect(
            outcome.resources.filter { $0.type == "AWS::EC2::Volume" }.map(\.id) == [
                "arn:aws:ec2:eu-west-1:111122223333:volume/v", "arn:aws:ec2:eu-west-1:444455556666:volume/v",
            ])
        #expect(outcome.resources.filter { $0.type == "Assay::AWS::Region" }.count == 2)
    }

    @Test("a selected property that Graph leaves out is absent, one that nobody selected is unknown")
    func selection() throws {
        let outcome = try ShapeFixtures.outcome([
            (
                "u.json",
                #"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users(id,userType)","value":[{"id":"U"}]}"#
            )
        ])
        let user = try #require(outcome.resources.first)
        #expect(user.id == "u")
        #expect(user.body["userType"] == nil)
        #expect(user.body["accountEnabled"]?.unknownReason == .notCollected)
    }

    @Test("a secret stands nowhere in what comes of an export")
    func secrets() throws {
        let secret = "hunter2hunter2"
        let outcome = try ShapeFixtures.outcome([
            ("a.json", vault("a", #"{"adminPassword":"\#(secret)","note":"Password=\#(secret);x=1"}"#)),
            (
                "b.json",
                #"{"Functions":[{"FunctionName":"f","FunctionArn":"arn:aws:lambda:eu-west-1:111122223333:function:f","Environment":{"Variables":{"DB_PASSWORD":"\#(secret)"}},"Tags":{"password":"\#(secret)"}}]}"#
            ),
        ])
        #expect(outcome.redactions.count == 4)
        var writer = JSONWriter()
        for resource in outcome.resources { resource.write(to: &writer) }
        for diagnostic in outcome.diagnostics { diagnostic.write(to: &writer) }
        #expect(!String(decoding: writer.bytes, as: UTF8.self).contains(secret))
    }
}
