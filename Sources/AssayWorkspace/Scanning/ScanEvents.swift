import AssayClouds
import AssayCore
import AssayHashing
import AssayProgram
import AssayRules

/// What an event says of live calls: who asked, how often, and the digest of the records.
struct LiveCalls {
    let identity: String
    let count: Int
    let digest: Digest
    /// Where the records are.
    let path: String
}

/// The evidence events of a scan: digests and counts, never values.
enum ScanEvents {
    static func collected(
        _ snapshot: Snapshot, digest: Digest, estate: CollectedEstate, calls: LiveCalls? = nil, at: String
    ) -> EvidenceEvent {
        var details: [(String, Tree)] = [
            ("snapshot", .string(digest.description)), ("collectedAt", .string(snapshot.header.collectedAt)),
            ("sources", .array(snapshot.header.sources.map { .string($0) })),
            ("files", .int(estate.files.read)),
            ("received", .string(Digest(of: ReceivedFile.list(estate.received)).description)),
            ("resources", .int(snapshot.resources.count)),
            ("coverage", .int(snapshot.coverage.count)), ("diagnostics", .int(estate.diagnostics.count)),
        ]
        if let calls {
            details += [
                ("identity", .string(calls.identity)), ("calls", .int(calls.count)),
                ("callRecords", .string(calls.digest.description)),
            ]
        }
        return EvidenceEvent(kind: .collected, at: at, details: .object(details))
    }

    static func collected(
        live outcome: AzureCollection.Outcome, digest: Digest, header: SnapshotHeader, calls: LiveCalls, at: String
    ) -> EvidenceEvent {
        EvidenceEvent(
            kind: .collected, at: at,
            details: .object([
                ("snapshot", .string(digest.description)), ("collectedAt", .string(header.collectedAt)),
                ("sources", .array(header.sources.map { .string($0) })), ("resources", .int(outcome.resources)),
                ("coverage", .int(outcome.coverage.count)), ("diagnostics", .int(outcome.diagnostics.count)),
                ("identity", .string(calls.identity)), ("calls", .int(calls.count)),
                ("callRecords", .string(calls.digest.description)),
            ]))
    }

    static func evaluated(
        _ verdicts: [Verdict], rules: [Rule], snapshot: Digest, vector: Digest, asOf: String, at: String
    ) -> EvidenceEvent {
        let counts = VerdictState.allCases.map { state in
            (state.rawValue, Tree.int(verdicts.count { $0.state == state }))
        }
        let versions = rules.map { Tree.string("\($0.id)@sha256:\($0.version)") }
        return EvidenceEvent(
            kind: .evaluated, at: at,
            details: .object([
                ("snapshot", .string(snapshot.description)), ("asOf", .string(asOf)), ("counts", .object(counts)),
                ("verdicts", .string(vector.description)), ("rules", .array(versions)),
            ]))
    }

    static func findingChanged(_ transition: FindingTransition, scan: String, at: String) -> EvidenceEvent {
        var details: [(String, Tree)] = [
            ("scan", .string(scan)), ("change", .string(transition.kind.rawValue)),
            ("finding", .string(transition.key.description)), ("rule", .string(transition.key.rule)),
            ("resource", .string(transition.key.resource)), ("profile", .string(transition.key.profile)),
        ]
        if let former = transition.formerKey { details.append(("formerResource", .string(former.resource))) }
        if let resolution = transition.resolution { details.append(("resolution", .string(resolution))) }
        return EvidenceEvent(kind: .findingChanged, at: at, details: .object(details))
    }

    static func reported(path: String, format: String, digest: Digest, at: String) -> EvidenceEvent {
        EvidenceEvent(
            kind: .reported, at: at,
            details: .object([
                ("report", .string(digest.description)), ("format", .string(format)), ("path", .string(path)),
            ]))
    }

    /// SHA-256 over `rule⇥profile⇥resource⇥verdict⏎` in the order of the verdicts.
    static func vectorDigest(_ verdicts: [Verdict]) -> Digest {
        var digest = StreamingDigest()
        for verdict in verdicts {
            digest.update(
                Array("\(verdict.rule)\t\(verdict.profile)\t\(verdict.resource.id)\t\(verdict.state.rawValue)\n".utf8))
        }
        return digest.finish()
    }
}
