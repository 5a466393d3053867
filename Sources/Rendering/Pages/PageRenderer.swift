package struct PageRenderer {
  package static let entriesShown = 30
}
