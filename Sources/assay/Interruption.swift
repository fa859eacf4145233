import Glibc
import Synchronization

/// The first SIGINT or SIGTERM asks a scan to stop at the next file; the second kills.
enum Interruption {
    private static let count = Atomic<Int>(0)

    static func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if Interruption.count.wrappingAdd(1, ordering: .relaxed).newValue > 1 { _exit(128 + number) }
            }
        }
        signal(SIGPIPE, SIG_IGN)
    }

    static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
