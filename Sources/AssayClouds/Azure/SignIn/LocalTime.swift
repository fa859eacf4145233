import Glibc

/// Moments in the zone of this machine, as older programs write them: `2025-03-01 14:00:00.000000`.
enum LocalTime {
    /// Seconds since 1970; nil for any other form.
    static func seconds(_ text: String) -> Int64? {
        let numbers = text.split { !($0.isASCII && $0.isNumber) }.map { Int32($0) }
        let parts = numbers.compactMap(\.self)
        guard parts.count >= 6, parts.count == numbers.count, text.utf8.count >= 19, (1970...9999).contains(parts[0]),
            (1...12).contains(parts[1]), (1...31).contains(parts[2]), (0...23).contains(parts[3]),
            (0...59).contains(parts[4]), (0...60).contains(parts[5])
        else { return nil }
        // SAFETY: a plain structure on the stack; its pointer member stays null.
        var moment = unsafe tm()
        unsafe moment.tm_year = parts[0] - 1900
        unsafe moment.tm_mon = parts[1] - 1
        unsafe moment.tm_mday = parts[2]
        unsafe moment.tm_hour = parts[3]
        unsafe moment.tm_min = parts[4]
        unsafe moment.tm_sec = parts[5]
        // The zone decides whether it is summer time.
        unsafe moment.tm_isdst = -1
        // SAFETY: the structure lives for the call, which reads and normalises it.
        let seconds = unsafe mktime(&moment)
        return seconds == -1 ? nil : Int64(seconds)
    }
}
