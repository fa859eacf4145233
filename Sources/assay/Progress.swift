import Glibc
import Synchronization

/// One line on a terminal for work over a second; nothing in a pipe.
final class Progress: Sendable {
    private let started = ContinuousClock.now
    private let shown = Mutex<(stage: String, at: ContinuousClock.Instant)?>(nil)
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func update(_ stage: String, _ done: Int, _ total: Int) {
        let now = ContinuousClock.now
        guard isTerminal, now - started > .seconds(1) else { return }
        let isDue = shown.withLock { shown in
            if let shown, shown.stage == stage, now - shown.at < .milliseconds(100), done < total { return false }
            shown = (stage, now)
            return true
        }
        if isDue { write("\r\u{1B}[K\(stage) \(done) of \(total)") }
    }

    /// Clears the line.
    func finish() {
        if shown.withLock({ $0 != nil }) { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
