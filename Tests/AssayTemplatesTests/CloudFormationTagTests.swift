import AssayCore
import AssayTemplates
import Testing

@Suite("short tags")
struct CloudFormationTagTests {
    @Test("the resource of a GetAtt ends at the first dot")
    func attribute() {
        let call = CloudFormationReader.tag("!GetAtt", .string("Stack.Outputs.Name"))
        #expect(call == .object([("Fn::GetAtt", .array([.string("Stack"), .string("Outputs.Name")]))]))
    }
}
