import Testing

@testable import AssayExpressions

@Suite("IP addresses and blocks")
struct NetworkTests {
    @Test(
        "an address is written in its canonical form",
        arguments: [
            ("192.168.0.1", "192.168.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("2001:DB8::68", "2001:db8::68"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
            ("0:0:0:0:0:0:0:0", "::"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:0:2:0:0:3:4", "1::2:0:0:3:4"),
            ("1:2:3:4:5:6:0:8", "1:2:3:4:5:6:0:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
            ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"), ("0001:002::", "1:2::"), ("::ffff:c0a8:1", "192.168.0.1"),
        ])
    func text(_ text: String, _ canonical: String) throws {
        #expect(try IPAddress(text).text == canonical)
        #expect(try IPAddress.isCanonical(canonical))
        #expect(try IPAddress.isCanonical(text) == (text == canonical))
    }

    @Test(
        "an address that is not strictly formed is refused",
        arguments: [
            "", "1.2.3", "192.168.0.1.0", "01.2.3.4", "1.2.3.256", "1.2.3.", "1..2.3", "+1.2.3.4", "1.2.3.4 ",
            "0x1.2.3.4",
            ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "2001:db8:::68", "12345::", "g::", ":1::",
            "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7:8::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5", "١.2.3.4",
            "1.2.3.4%eth0", "%eth0", "fe80::1%", "10.0.0.0/8",
        ])
    func malformed(_ text: String) throws {
        let error = try #require(throws: NetworkError.self) { try IPAddress(text) }
        #expect(error.kind == .malformedAddress)
    }

    @Test("zones and dotted IPv4-mapped addresses have errors of their own")
    func refused() throws {
        func kind(_ text: String) throws -> NetworkError.Kind {
            try #require(throws: NetworkError.self) { try IPAddress(text) }.kind
        }
        #expect(try kind("fe80::1%en0") == .zoneNotAllowed)
        #expect(try kind("::ffff:192.168.0.1") == .mappedNotAllowed)
    }

    @Test("equality is by family and bits")
    func equality() throws {
        #expect(try IPAddress("2001:db8::1") == IPAddress("2001:DB8:0::1"))
        #expect(try IPAddress("::ffff:c0a8:1") == IPAddress("192.168.0.1"))
        #expect(try IPAddress("::1.2.3.4") != IPAddress("1.2.3.4"))
        #expect(IPAddress(family: .v4, bits: 1 << 32) == nil)
        #expect(IPAddress(family: .v4, bits: 0x7F00_0001)?.text == "127.0.0.1")
    }

    @Test(
        "an address belongs to the kinds that the standards name",
        arguments: [
            ("0.0.0.0", "unspecified"), ("::", "unspecified"), ("127.255.0.1", "loopback"), ("::1", "loopback"),
            ("169.254.169.254", "linkLocalUnicast"), ("fe80::1", "linkLocalUnicast"), ("febf::", "linkLocalUnicast"),
            ("224.0.0.1", "multicast linkLocalMulticast"), ("224.0.1.1", "multicast"),
            ("ff02::1", "multicast linkLocalMulticast"), ("ff12::1", "multicast linkLocalMulticast"),
            ("ff05::1", "multicast"), ("ff00::1", "multicast"), ("255.255.255.255", ""), ("192.168.0.1", "global"),
            ("10.0.0.1", "global"), ("2001:db8::abcd", "global"), ("fec0::1", "global"), ("fd80::1", "global"),
            ("240.0.0.1", "global"),
        ])
    func kinds(_ text: String, _ kinds: String) throws {
        let address = try IPAddress(text)
        let found = [
            ("unspecified", address.isUnspecified), ("loopback", address.isLoopback),
            ("multicast", address.isMulticast), ("linkLocalUnicast", address.isLinkLocalUnicast),
            ("linkLocalMulticast", address.isLinkLocalMulticast), ("global", address.isGlobalUnicast),
        ]
        #expect(found.filter(\.1).map(\.0).joined(separator: " ") == kinds)
    }

    @Test("a block keeps its host bits until they are masked")
    func masked() throws {
        let block = try CIDRBlock("192.168.7.9/20")
        #expect(block.text == "192.168.7.9/20")
        #expect(block.masked.text == "192.168.0.0/20")
        #expect(block != block.masked)
        #expect(try CIDRBlock("1.2.3.4/0").masked.text == "0.0.0.0/0")
        #expect(try CIDRBlock("ffff::1/0").masked.text == "::/0")
        #expect(try CIDRBlock("2001:db8::1/128").masked.text == "2001:db8::1/128")
        #expect(try CIDRBlock("2001:DB8:ffff::/33").masked.text == "2001:db8:8000::/33")
    }

    @Test(
        "a block that is not strictly formed is refused",
        arguments: [
            "192.168.0.0", "192.168.0.0/", "192.168.0.0/33", "192.168.0.0/08", "192.168.0.0/+8", "192.168.0.0/-1", "/8",
            "::/129", "::/0128", "10.0.0.0/8/8", "10.0.0/8", "10.0.0.0/٨",
        ])
    func malformedBlocks(_ text: String) throws {
        let error = try #require(throws: NetworkError.self) { try CIDRBlock(text) }
        #expect(error.kind == .malformedBlock)
    }

    @Test("blocks refuse zones and all IPv4-mapped addresses")
    func refusedBlocks() throws {
        func kind(_ text: String) throws -> NetworkError.Kind {
            try #require(throws: NetworkError.self) { try CIDRBlock(text) }.kind
        }
        #expect(try kind("fe80::1%en0/24") == .zoneNotAllowed)
        #expect(try kind("::ffff:192.168.0.1/24") == .mappedNotAllowed)
        #expect(try kind("::ffff:c0a8:1/120") == .mappedNotAllowed)
    }

    @Test("a block contains what shares its prefix, in its family only")
    func contains() throws {
        let block = try CIDRBlock("10.1.2.3/8")
        #expect(block.contains(try IPAddress("10.255.255.255")))
        #expect(!block.contains(try IPAddress("11.0.0.0")))
        #expect(!block.contains(try IPAddress("::a01:203")))
        #expect(block.contains(try CIDRBlock("10.0.0.0/8")))
        #expect(block.contains(try CIDRBlock("10.9.0.0/16")))
        #expect(!block.contains(try CIDRBlock("10.0.0.0/7")))
        #expect(block.overlaps(try CIDRBlock("10.0.0.0/7")))
        #expect(!block.overlaps(try CIDRBlock("11.0.0.0/8")))
        #expect(!block.overlaps(try CIDRBlock("::/0")))
        #expect(try CIDRBlock("0.0.0.0/0").contains(IPAddress("255.255.255.255")))
        #expect(try CIDRBlock("::/0").contains(IPAddress("ffff::")))
        #expect(try !CIDRBlock("::/0").contains(IPAddress("0.0.0.0")))
    }
}
