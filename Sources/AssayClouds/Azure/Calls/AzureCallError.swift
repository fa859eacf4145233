import AssayCore

/// Why a call gave no usable answer, in the words of coverage.
struct AzureCallError: Error, Sendable, Hashable {
    /// What the collection's coverage says.
    let state: Coverage.State
    /// The HTTP status; nil when no answer came.
    let status: Int?
    /// The provider's code, or ours in kebab-case.
    let code: String
    /// The provider's own first words, or ours; without tokens.
    let message: String

    /// What is thrown when the user stopped the run.
    static let cancelled = AzureCallError(
        state: .interrupted, status: nil, code: "interrupted", message: "stopped before it was read")

    init(state: Coverage.State, status: Int?, code: String, message: String) {
        self.state = state
        self.status = status
        self.code = code
        self.message = message
    }

    init(_ error: TransportError) {
        self.init(
            state: error.kind == .cancelled ? .interrupted : .failed, status: nil,
            code: error.kind == .cancelled ? "interrupted" : "\(error.kind)", message: error.message)
    }

    init(_ error: SignInError) {
        let broken: Set<String> = ["connection", "timeout", "trust", "too-large", "refused-address", "no-token"]
        let code = error.code ?? "sign-in"
        let state: Coverage.State = code == "interrupted" ? .interrupted : broken.contains(code) ? .failed : .denied
        self.init(state: state, status: nil, code: code, message: error.message)
    }

    /// Reads an error answer: `{"error": {"code", "message"}}`, Monitor's bare form, App Service's with capital letters, or
    /// the identity service's `{"error": "code", "error_description"}`.
    init(status: Int, document: Tree?, licenceCodes: Set<String> = []) {
        let wrapped = document?["error"]
        let error = wrapped?.members == nil ? document : wrapped
        func text(_ tree: Tree?, _ names: String...) -> String? {
            names.lazy.compactMap { tree?[$0]?.stringValue }.first
        }
        let code = text(error, "code", "Code", "error") ?? "HTTP \(status)"
        let message = text(error, "message", "Message", "error_description") ?? ""
        let details = (error?["details"] ?? error?["Details"])?.elements ?? []
        let inner = details.compactMap { text($0, "code", "Code") }
        let codes = [code] + inner
        let isLicence = codes.contains { licenceCodes.contains($0) || Self.licence.contains($0) }
        let state: Coverage.State =
            if isLicence || Self.namesLicence(message) {
                .notLicensed
            } else if codes.contains(where: { Self.unregistered.contains($0) }) {
                .notRegistered
            } else if status == 401 || status == 403 {
                .denied
            } else {
                .failed
            }
        self.init(state: state, status: status, code: code, message: String(message.prefix(500)))
    }

    private static let unregistered: Set<String> = [
        "MissingSubscriptionRegistration", "SubscriptionNotRegistered", "Subscription Not Registered",
        "NotRegistered", "ProviderNotRegistered",
    ]

    private static let licence: Set<String> = [
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "AadPremiumLicenseRequired", "PremiumLicenseRequired",
    ]

    /// Some services say it in words alone: their code is `Forbidden` or `BadRequest`.
    private static func namesLicence(_ message: String) -> Bool {
        let words = message.lowercased()
        return [
            "premium license", "premium licence", "doesn't have premium", "entra id p1", "entra id p2", "aad premium",
            "not licensed for this feature",
        ]
        .contains { words.contains($0) }
    }

    /// `code: message`, cut to one line.
    var words: String {
        message.isEmpty ? code : "\(code): \(message.prefix { !$0.isNewline })"
    }
}
