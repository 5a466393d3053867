import Glibc

/// A date as HTTP writes it (RFC 9110 §5.6.7): `Mon, 23 Nov 2026 07:00:00 GMT`.
func httpDate(_ seconds: Int64) -> String {
  var time = time_t(seconds)
  var parts = unsafe tm()
  unsafe gmtime_r(&time, &parts)
  func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
  let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map(padded).joined(separator: ":")
  return
    unsafe "\(days[Int(parts.tm_wday)]), \(padded(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
    + "\(parts.tm_year + 1900) \(clock) GMT"
}

/// Reads such a date; nil for any other text.
func seconds(httpDate text: String) -> Int64? {
  let words = text.split { $0 == " " || $0 == "," || $0 == ":" }
  guard words.count == 8, words[7] == "GMT", let day = Int32(words[1]),
    let month = months.firstIndex(of: String(words[2])), let year = Int32(words[3]),
    let hour = Int32(words[4]), let minute = Int32(words[5]), let second = Int32(words[6]),
    (1970...9999).contains(year)
  else { return nil }
  var parts = unsafe tm()
  unsafe parts.tm_mday = day
  unsafe parts.tm_mon = Int32(month)
  unsafe parts.tm_year = year - 1900
  unsafe parts.tm_hour = hour
  unsafe parts.tm_min = minute
  unsafe parts.tm_sec = second
  return unsafe Int64(timegm(&parts))
}

private let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]
