import Glibc

/// An open file or folder, closed when it goes away.
struct FileDescriptor: ~Copyable {
  let number: Int32

  /// Opens a name below a folder, never through a symbolic link.
  ///
  /// O_NONBLOCK, since a FIFO that nobody writes to would otherwise hold the run for ever.
  ///
  /// - Returns: nil with `errno` set.
  init?(_ name: String, below folder: Int32, flags: Int32) {
    let always = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    self.init(opened: unsafe openat(folder, name, always | flags))
  }

  init?(_ name: UnsafePointer<CChar>, below folder: Int32, flags: Int32) {
    let always = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    unsafe self.init(opened: openat(folder, name, always | flags))
  }

  init?(opened number: Int32) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  deinit { close(number) }
}
