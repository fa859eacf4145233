import AssayFormats
import AssayRules
import BenchEngine

/// `stream`: one streamed evaluation that holds no file, for its peak of memory.
enum Stream {
    static func run(_ options: Options) throws {
        let threads = options.threads ?? 2
        let scan = EngineScan(try EngineRules.program(options[file: 0], layout: .bare))
        let (wall, processor) = (Clocks.wall, Clocks.process)
        let counts = scan.run(try LineChunks(options[file: 1]), threads: threads)
        var figure = Figure("stream")
        figure.add("peakMegabytes", try highWaterMark())
        figure.add("threads", threads)
        figure.add("wallSeconds", Clocks.wall - wall)
        figure.add("cpuSeconds", Clocks.process - processor)
        figure.add(counts)
        figure.print()
    }

    /// Peak resident memory of this program in MiB: `getrusage` also counts that of the one which started it.
    private static func highWaterMark() throws -> Double {
        let status = String(decoding: try FileText.read("/proc/self/status"), as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let words = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }) ?? []
        guard words.count == 3, let kilobytes = Double(words[1]) else {
            throw BenchFailure("the system does not say the peak of memory")
        }
        return kilobytes / 1024
    }
}
