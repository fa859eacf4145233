/// Base64 of RFC 4648: the standard alphabet of PEM and `x5c`, and the URL-safe one of JSON Web Tokens.
enum Base64Coding {
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// With the standard alphabet and padding (section 4).
    static func standard(_ bytes: [UInt8]) -> String {
        let text = sextets(bytes)
        return String(decoding: text + repeatElement(0x3D, count: (4 - text.count % 4) % 4), as: UTF8.self)
    }

    /// With the URL-safe alphabet and without padding (section 5; RFC 7515).
    static func urlSafe(_ bytes: [UInt8]) -> String {
        let text = sextets(bytes).map {
            $0 == UInt8(ascii: "+") ? UInt8(ascii: "-") : $0 == UInt8(ascii: "/") ? 0x5F : $0
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func sextets(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 4 / 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 6 {
                count -= 6
                text.append(standard[Int(bits >> UInt32(count) & 0x3F)])
            }
        }
        if count > 0 { text.append(standard[Int(bits << UInt32(6 - count) & 0x3F)]) }
        return text
    }

    /// Reads either alphabet, with or without padding, over line ends; nil for any other character.
    static func decoded(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var isPadded = false
        for byte in text {
            let value: UInt8
            switch byte {
            case 0x41...0x5A: value = byte - 0x41
            case 0x61...0x7A: value = byte - 0x61 + 26
            case 0x30...0x39: value = byte - 0x30 + 52
            case 0x2B, 0x2D: value = 62
            case 0x2F, 0x5F: value = 63
            case 0x3D:
                isPadded = true
                continue
            case 0x0A, 0x0D, 0x20, 0x09: continue
            default: return nil
            }
            guard !isPadded else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return count < 6 ? bytes : nil
    }
}
