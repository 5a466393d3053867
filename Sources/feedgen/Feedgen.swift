import ArgumentParser

/// The operator's door: commands, and what the program ends with.
@main
struct Feedgen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedgen",
    abstract: "Gives a publication its feeds and its newsletter.",
    subcommands: [Init.self]
  )

  static func main() {
    var command = parsed()
    do {
      try command.run()
    } catch let error as ExitCode {
      exit(withError: error)
    } catch let error as CleanExit {
      exit(withError: error)
    } catch let error as ValidationError {
      exit(withError: error)
    } catch {
      exit(withError: Report.standard().failure(error))
    }
  }

  /// The command of the command line; ends the program where there is none, or help is asked for.
  private static func parsed() -> any ParsableCommand {
    do {
      return try parseAsRoot()
    } catch {
      exit(withError: error)
    }
  }
}
