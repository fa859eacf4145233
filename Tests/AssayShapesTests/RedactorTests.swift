import AssayCore
import AssayShapes
import Testing

@Suite struct RedactorTests {
    /// Texts that must go, with the name they stand under.
    static let secrets: [(name: String, text: String, kind: String)] = [
        ("note", "AKIA" + "IOSFODNN7EXAMPLE", "secret/aws-access-key-id"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI" + "K7MDENGbPxRfiCYEXAMPLEKEY", "secret/named"),
        ("data", "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA", "secret/private-key"),
        (
            "value",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcd1234==;EndpointSuffix=core.windows.net",
            "secret/connection-string"
        ),
        ("value", "Server=tcp:s.database.windows.net;User ID=u;Password=hunter22;", "secret/connection-string"),
        (
            "url", "https://a.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sig=abcdefghijklmnopqrstuvwx%3D",
            "secret/sas-token"
        ),
        ("url", "postgres://app:s3cr3tpw@db.internal:5432/app", "secret/url-password"),
        ("header", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJlc2lnbmF0dXJl", "secret/jwt"),
        ("adminPassword", "P@ssw0rd!", "secret/password"),
        ("DB_PASSWORD", "correcthorse", "secret/password"),
        ("clientSecret", "q8Q~4fTz1xYw2vU3tS4rQ5pO6nM7lK8jH9g", "secret/named"),
        ("apiKey", "9f86d081884c7d659a2feaa0c55ad015", "secret/named"),
        ("key1", String(repeating: "aB3+", count: 21) + "aB==", "secret/storage-account-key"),
        ("description", "patient 123-45-6789 was moved", "phi/ssn"),
        ("ssn", "123456789", "phi/ssn"),
        ("mrn", "MR-00482913", "phi/medical-record-number"),
        ("dateOfBirth", "1970-01-31", "phi/date-of-birth"),
    ]

    /// Texts that look alike and stay.
    static let innocent: [(name: String, text: String)] = [
        ("password", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s/)"),
        ("MasterUserPassword", "{{resolve:secretsmanager:db:SecretString:password}}"),
        ("secret", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"),
        ("secretName", "wJalrXUtnFEMIK7MDENG"), ("tokenType", "Bearer"), ("HttpTokens", "required"),
        ("secret", "prod-db-secret-01"), ("apiKey", "9f86d081-884c-4d65-9a2f-eaa0c55ad015"),
        ("KeyId", "1234abcd-12ab-34cd-56ef-1234567890ab"), ("AccessKeyId", "AKIA" + "IOSFODNN7EXAMPLE"),
        ("phone", "000-12-3456"), ("phone", "555-1234-567"), ("version", "666-12-3456"), ("part", "A123-45-6789"),
        ("advertisement", "078-05-1120"), ("id", "900-12-3456"), ("number", "123456789"),
        ("passwordPolicy", "must be twelve characters long"), ("url", "https://user@host/path"),
        ("value", "AccountName=a;EndpointSuffix=core.windows.net"), ("password", "[parameters('adminPassword')]"),
        ("sha512", String(repeating: "aB3+", count: 21) + "aB=="), ("etag", "W/\"0x8D9F00BA\""),
    ]

    @Test("a secret is replaced by a marker of its kind", arguments: secrets)
    func redacts(name: String, text: String, kind: String) throws {
        let result = ShapeFixtures.redactor.redact(.object([(name, .string(text))]))
        #expect(result.redactions.map(\.kind) == [kind])
        #expect(result.tree[name]?["$redacted"]?["mac"]?.stringValue?.count == 64)
        #expect(!"\(result)".contains(text))
    }

    @Test("a look-alike stays as it is", arguments: innocent)
    func keeps(name: String, text: String) {
        let tree = Tree.object([(name, .string(text))])
        let result = ShapeFixtures.redactor.redact(tree)
        #expect(result.tree == tree)
        #expect(result.redactions.isEmpty)
    }

    @Test("a setting is named by its sibling")
    func settings() throws {
        let tree = try ShapeFixtures.tree(
            #"{"appSettings":[{"name":"DB_PASSWORD","value":"hunter22"},{"name":"MODE","value":"hunter22"}]}"#)
        let result = ShapeFixtures.redactor.redact(tree)
        #expect(result.redactions.map(\.path.description) == ["appSettings[0].value"])
    }

    @Test("equal values have equal codes and another key has others")
    func codes() {
        let tree = Tree.object([("password", .string("hunter22"))])
        let first = ShapeFixtures.redactor.redact(tree).tree
        #expect(first == ShapeFixtures.redactor.redact(tree).tree)
        #expect(first != Redactor(key: Array("another key of thirty-two bytes!".utf8)).redact(tree).tree)
        #expect(ShapeFixtures.redactor.redact(first).tree == first)
    }

    @Test("a provider's message loses its secret words")
    func messages() {
        let text = "key AKIA" + "IOSFODNN7EXAMPLE is not active"
        #expect(ShapeFixtures.redactor.redact(text: text) == "key [redacted secret/aws-access-key-id] is not active")
    }
}
