@main struct Feedgen {
  static func main() {}
}
