package import Model

/// How long to wait for each reply; never for the transaction as a whole (RFC 5321 §4.5.3.2).
package struct SMTPTimeouts: Equatable, Sendable {
  package var command: Interval
  package var dataInitiation: Interval
  package var dataBlock: Interval
  /// After the dot.
  ///
  /// Who gives up here early gets the message delivered twice.
  package var dataTermination: Interval
  /// QUIT is a courtesy: nothing depends on its reply.
  package var quit: Interval

  package init(
    command: Interval,
    dataInitiation: Interval,
    dataBlock: Interval,
    dataTermination: Interval,
    quit: Interval
  ) {
    self.command = command
    self.dataInitiation = dataInitiation
    self.dataBlock = dataBlock
    self.dataTermination = dataTermination
    self.quit = quit
  }

  package static let standard = SMTPTimeouts(
    command: .minutes(5),
    dataInitiation: .minutes(2),
    dataBlock: .minutes(3),
    dataTermination: .minutes(10),
    quit: Interval(seconds: 2)
  )
}
