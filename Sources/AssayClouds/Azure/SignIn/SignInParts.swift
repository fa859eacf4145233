public import AssayFormats

/// What signing in needs from outside: variables, network, time, files and programs.
public struct SignInParts: Sendable {
    let environment: EnvironmentReader
    let cloud: AzureCloud
    /// The tenant that the user named; goes over `AZURE_TENANT_ID`.
    let tenant: String?
    let transport: any HTTPTransport
    let pacing: any Pacing
    let commands: any CommandRunner
    let readFile: @Sendable (String) throws(FileError) -> [UInt8]
    /// A value in 0..<1, for the jitter of retries.
    let random: @Sendable () -> Double
    /// A new unique identifier for each signed assertion.
    let identifier: @Sendable () -> String

    /// The parts as the workspace or a test puts them together; files are bounded at 1 MiB.
    public init(
        environment: EnvironmentReader, cloud: AzureCloud, tenant: String? = nil, transport: any HTTPTransport,
        pacing: any Pacing, commands: any CommandRunner = ProcessRunner(),
        readFile: @escaping @Sendable (String) throws(FileError) -> [UInt8] = { path throws(FileError) in
            try FileText.read(path, limit: 1 << 20)
        },
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        identifier: @escaping @Sendable () -> String = { AssertionIdentifier.random() }
    ) {
        self.environment = environment
        self.cloud = cloud
        self.tenant = tenant
        self.transport = transport
        self.pacing = pacing
        self.commands = commands
        self.readFile = readFile
        self.random = random
        self.identifier = identifier
    }

    /// The tenant to sign in to; nil when neither option nor variable names one.
    ///
    /// - Throws: `SignInError` of kind `refused` for a text that is neither a GUID nor a domain name: it becomes part
    ///   of an address and of a command.
    func tenantName() throws(SignInError) -> String? {
        guard let name = tenant ?? environment["AZURE_TENANT_ID"] else { return nil }
        let isName = name.utf8.allSatisfy {
            $0 == 0x2D || $0 == 0x2E || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
        }
        guard isName, name.first != "-", !name.contains("..") else {
            throw SignInError(
                .refused, code: "invalid-tenant", "the tenant is neither a GUID nor a domain name",
                hint: "give AZURE_TENANT_ID or --tenant as shown by `az account show --query tenantId`")
        }
        return name
    }

    /// Reads a file that holds a credential.
    func file(_ path: String, named variable: String) throws(SignInError) -> [UInt8] {
        do {
            return try readFile(path)
        } catch {
            throw SignInError(
                .refused, code: "unreadable-file", "cannot read the file of \(variable): \(error.description)",
                hint: "correct \(variable), or let this user read the file")
        }
    }
}

/// Identifiers of assertions, which the identity service accepts once.
public enum AssertionIdentifier {
    /// A random UUID (RFC 9562, version 4).
    public static func random() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }
}
