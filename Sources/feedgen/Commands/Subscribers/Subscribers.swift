import ArgumentParser

/// `feedgen subscribers`: who gets the digests.
struct Subscribers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subscribers",
    abstract: "Adds, imports, lists, shows, changes, exports and erases subscribers.",
    subcommands: [
      Add.self, Import.self, List.self, Show.self, Set.self, Move.self, Unsubscribe.self,
      Export.self, Erase.self, Suppress.self, Unsuppress.self,
    ]
  )
}
