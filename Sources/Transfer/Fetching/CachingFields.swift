internal import CCurl
internal import Glibc
internal import Model

/// Reads `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).
///
/// - Parameter date: the server's own clock, from the field `Date`; without it a date says nothing.
func retryInterval(_ field: String, date: String?) -> Interval? {
  if let seconds = deltaSeconds(field) { return Interval(seconds: seconds) }
  guard let then = seconds(httpDate: field), let now = date.flatMap(seconds(httpDate:))
  else { return nil }
  return Interval(seconds: max(0, then - now))
}

/// Reads the `max-age` of `Cache-Control` (RFC 9111 §5.2.2); nil where nothing may be kept.
func maximumAge(_ field: String) -> Interval? {
  var age: Int64?
  for directive in field.split(separator: ",") {
    let parts = directive.split(separator: "=", maxSplits: 1).map(trimmed)
    switch parts.first?.lowercased() {
    case "no-store", "no-cache": return nil
    case "max-age" where parts.count == 2: age = age ?? deltaSeconds(parts[1])
    default: break
    }
  }
  return age.map { Interval(seconds: $0) }
}

private func trimmed(_ text: Substring) -> String {
  String(text.drop { " \t\"".contains($0) }.reversed().drop { " \t\"".contains($0) }.reversed())
}

/// A number of seconds; one that is too large is the largest (RFC 9111 §1.2.2).
private func deltaSeconds(_ text: String) -> Int64? {
  guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
  return min(Int64(text) ?? .max, 1 << 31)
}

/// All the forms that HTTP has had for a date (RFC 9110 §5.6.7).
private func seconds(httpDate text: String) -> Int64? {
  let time = unsafe curl_getdate(text, nil)
  return time < 0 ? nil : Int64(time)
}
