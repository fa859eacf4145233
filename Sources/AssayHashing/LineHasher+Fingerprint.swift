public import AssayCore
public import AssayFormats

extension LineHasher {
    /// What names the secret without giving it away: SHA-256 of a fixed text and the secret.
    ///
    /// Hashes may only be compared when it is the same on both sides.
    public var fingerprint: Digest { Digest(of: Array("assay line hash secret\n".utf8) + secret) }
}
