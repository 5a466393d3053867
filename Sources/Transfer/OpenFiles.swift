import Glibc

/// Lets this process have so many files and connections open, as far as the system allows it.
package func allowOpenFiles(_ count: UInt) {
  let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  var limit = rlimit()
  guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur < count else { return }
  limit.rlim_cur = min(limit.rlim_max, count)
  _ = unsafe setrlimit(resource, &limit)
}
