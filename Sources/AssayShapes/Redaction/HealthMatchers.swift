/// Identifiers of people that health rules protect (45 CFR 164.514(b)(2)).
///
/// A social security number with dashes is found anywhere; the same digits without, record numbers and dates of birth
/// only under names that tell, since any nine digits would match.
enum HealthMatchers {
    static func kind(of bytes: [UInt8], named name: TellingName) -> String? {
        if hasSocialSecurityNumber(bytes) { return "phi/ssn" }
        return kind(ofNamed: bytes, named: name)
    }

    /// What only the name makes sensitive.
    static func kind(ofNamed bytes: [UInt8], named name: TellingName) -> String? {
        guard bytes.count >= 4, bytes.count <= 32, !name.text.isEmpty else { return nil }
        let (words, joined) = (name.words, name.joined)
        let digits = bytes.filter { TokenMatchers.isDigit($0) }
        if words.contains("ssn") || joined.hasSuffix("socialsecuritynumber"), bytes.count == 9, digits.count == 9,
            isValid(digits)
        {
            return "phi/ssn"
        }
        if words.last == "mrn" || joined.hasSuffix("medicalrecordnumber") || joined.hasSuffix("patientid"),
            digits.count >= 4,
            bytes.allSatisfy({ TokenMatchers.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
        {
            return "phi/medical-record-number"
        }
        if words.last == "dob" || joined.hasSuffix("dateofbirth") || joined.hasSuffix("birthdate"), digits.count >= 6,
            bytes.count <= 24
        {
            return "phi/date-of-birth"
        }
        return nil
    }

    /// `ddd-dd-dddd` that stands alone and was or can be issued.
    private static func hasSocialSecurityNumber(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 11 else { return false }
        func stands(_ index: Int) -> Bool {
            guard bytes.indices.contains(index) else { return true }
            return !TokenMatchers.isAlphanumeric(bytes[index]) && bytes[index] != UInt8(ascii: "-")
                && bytes[index] != UInt8(ascii: "_")
        }
        for start in 0...(bytes.count - 11)
        where bytes[start + 3] == UInt8(ascii: "-") && bytes[start + 6] == UInt8(ascii: "-") {
            let digits = Array(
                bytes[start..<(start + 3)] + bytes[(start + 4)..<(start + 6)] + bytes[(start + 7)..<(start + 11)])
            guard digits.allSatisfy({ TokenMatchers.isDigit($0) }), stands(start - 1), stands(start + 11) else {
                continue
            }
            if isValid(digits) { return true }
        }
        return false
    }

    /// The Social Security Administration never issued area 000, 666 or 900 and above, group 00 or serial 0000; two
    /// numbers were printed in advertisements.
    private static func isValid(_ digits: [UInt8]) -> Bool {
        let text = String(decoding: digits, as: UTF8.self)
        let area = text.prefix(3)
        return area != "000" && area != "666" && area.first != "9" && text.dropFirst(3).prefix(2) != "00"
            && text.suffix(4) != "0000" && text != "078051120" && text != "219099999"
    }
}
