import Dispatch
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The reader's door, as a server of HTTP/1.1: it answers until it is asked to end, and then what
/// has begun.
package struct ReaderServer: Sendable {
  private let settings: ReaderSettings
  private let logger: Logger

  package init(_ settings: ReaderSettings, logger: Logger) {
    self.settings = settings
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT.
  package func run() async throws {
    let limits = settings.limits
    let application = Application(
      responder: ReaderResponder(settings, logger: logger),
      server: .http1(configuration: channel(limits)),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        backlog: 256,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
      ),
      onServerRunning: { channel in
        let place = channel.localAddress.map { "\($0.ipAddress ?? ""):\($0.port ?? 0)" } ?? ""
        logger.notice("listening at \(place)")
      },
      logger: quiet
    )
    try await application.runService()
    logger.notice("ended")
  }

  private func channel(_ limits: ReaderSettings.Limits) -> HTTP1Channel.Configuration {
    let counts = ConnectionCounts(
      atMost: limits.connectionsOfAddress,
      exempt: settings.trustedProxies
    )
    return HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionLimit(counts), RequestDeadline(limits)],
      idleTimeout: .seconds(limits.idleSeconds),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: limits.headerBytes,
        maxHeaderListSize: limits.headerBytes,
        maxHeaderFieldCount: limits.headerFields
      )
    )
  }

  /// The library's own lines, which tell of addresses of readers, are not of interest.
  private var quiet: Logger {
    var quiet = logger
    quiet.logLevel = .error
    return quiet
  }
}
