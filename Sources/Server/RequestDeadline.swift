import NIOCore
import NIOHTTPTypes

/// Closes connections of those who send or take a byte now and then.
///
/// A request must have come in whole some time after the connection was made or the response before
/// it went out; and a response must be taken in a longer time.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart

  private let request: TimeAmount
  private let response: TimeAmount
  private var timer: Scheduled<Void>?

  init(_ limits: ReaderSettings.Limits) {
    // Between two requests a connection may be idle, too.
    request = .seconds(limits.requestSeconds)
    response = .seconds(limits.responseSeconds)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    schedule(request, context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .end = unwrapInboundIn(data) { schedule(response, context) }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { schedule(request, context) }
    context.write(data, promise: promise)
  }

  private func schedule(_ amount: TimeAmount, _ context: ChannelHandlerContext) {
    timer?.cancel()
    let channel = context.channel
    timer = context.eventLoop.scheduleTask(in: amount) { channel.close(promise: nil) }
  }
}
