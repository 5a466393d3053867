import ArgumentParser

/// What all commands understand.
struct SiteOptions: ParsableArguments {
  @Option(
    name: .customLong("site"),
    help: ArgumentHelp(
      "The site's folder.",
      discussion: "Default: the nearest one with a feedgen.yaml, at or above this folder.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var siteFolder: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Use another value for one key of the configuration; may be repeated.",
      valueName: "key.path=value"
    )
  )
  var overrides: [String] = []

  @Flag(help: "Write one JSON document to standard output.")
  var json = false

  @Flag(help: "Say nothing but what is wrong.")
  var quiet = false

  @Flag(help: "Say more of what is done.")
  var verbose = false

  func validate() throws {
    if quiet, verbose {
      throw ValidationError("--quiet and --verbose exclude each other.")
    }
  }

  func configuration() throws(ConfigurationError) -> Configuration {
    try Configuration.load(siteFolder: siteFolder, overrides: overrides)
  }

  /// Made once a command: the line of progress is its state.
  func report() -> Report {
    .standard(quiet ? .quiet : verbose ? .verbose : .normal, isJSON: json)
  }
}
