/// A path made absolute, without `.`, `..` and a slash at its end.
func absolutePath(_ path: String, in folder: String) -> String {
  let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
  var names: [Substring] = []
  for name in whole.split(separator: "/") where name != "." {
    if name == ".." { _ = names.popLast() } else { names.append(name) }
  }
  return "/" + names.joined(separator: "/")
}

/// Whether an absolute path is that of a folder, or lies below it.
func isPath(_ path: String, inside folder: String) -> Bool {
  path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
}
