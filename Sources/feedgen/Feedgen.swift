import ArgumentParser

/// The operator's door: commands, and what the program ends with.
@main
struct Feedgen: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "feedgen",
    abstract: "Gives a publication its feeds and its newsletter.",
    version: version,
    subcommands: [
      Init.self, Import.self, Publish.self, Preview.self, Articles.self, Subscribers.self,
      Issues.self, Bounces.self, Reconcile.self, Serve.self, Status.self, Check.self, DKIMKey.self,
      Redirects.self,
      Backup.self, Restore.self, Resume.self,
    ]
  )

  static func main() {
    openStandardDescriptors()
    StopSignal.listen()
    do {
      var command = try parseAsRoot()
      try command.run()
      guard !StandardOutput.hasFailed else { throw OutputError() }
    } catch  where isArgumentParsers(error) {
      exit(withError: error)
    } catch {
      exit(withError: Report.standard().failure(error))
    }
  }

  /// Whether an error is a wrong argument, a wish for help or an exit code.
  ///
  /// Most types of such errors are not public, so the module's name has to tell.
  private static func isArgumentParsers(_ error: any Error) -> Bool {
    String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
  }
}
