import NIOCore
import NIOHTTP1

/// One connection of the simulator: collects a request, asks for its answer and writes it, late or broken as told.
final class SimulatorHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let box: HandlerBox
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var pending = 0

    init(_ box: HandlerBox) {
        self.box = box
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer): body += buffer.readableBytesView
        case .end:
            guard let head, let simulator = box.value else { return context.close(promise: nil) }
            self.head = nil
            simulator.arrived()
            pending += 1
            let request = SimulatedRequest(
                method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) },
                body: body)
            let answer = simulator.answer(request)
            guard answer.milliseconds > 0 else { return write(answer, context, simulator) }
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(answer.milliseconds)) {
                let (handler, context) = bound.value
                handler.write(answer, context, simulator)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Answers that nobody waits for any more are no longer in flight.
        for _ in 0..<pending { box.value?.left() }
        pending = 0
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ answer: SimulatedAnswer, _ context: ChannelHandlerContext, _ simulator: AzureSimulator) {
        guard pending > 0, context.channel.isActive else { return }
        pending -= 1
        simulator.left()
        var headers = HTTPHeaders(answer.headers.map { ($0.name, $0.value) })
        headers.replaceOrAdd(name: "Content-Type", value: answer.contentType)
        headers.replaceOrAdd(name: "Content-Length", value: String(answer.bytes.count))
        headers.replaceOrAdd(name: "x-ms-request-id", value: "00000000-0000-0000-0000-00000000f005")
        headers.replaceOrAdd(name: "Cache-Control", value: "no-cache")
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let sent = answer.isCut ? answer.bytes.prefix(answer.bytes.count / 2) : answer.bytes[...]
        let buffer = context.channel.allocator.buffer(bytes: sent)
        if answer.isCut {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer)))).whenComplete { _ in
                bound.value.close(promise: nil)
            }
            return
        }
        context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
