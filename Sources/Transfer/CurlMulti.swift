internal import CCurl
internal import Glibc

/// libcurl's multi handle: handles that work at the same time.
///
/// A handle that has connected, and no more, stays in it, because libcurl finds the connection through it.
@safe
final class CurlMulti {
  private let multi: OpaquePointer

  init() {
    precondition(isLibraryReady, "libcurl cannot be initialised")
    guard let multi = unsafe curl_multi_init() else { fatalError("out of memory") }
    unsafe self.multi = multi
  }

  deinit {
    unsafe curl_multi_cleanup(multi)
  }

  func add(_ handle: CurlHandle) {
    handle.forgetReplies()
    unsafe handle.withPointer { unsafe _ = curl_multi_add_handle(multi, $0) }
  }

  func remove(_ handle: CurlHandle) {
    unsafe handle.withPointer { unsafe _ = curl_multi_remove_handle(multi, $0) }
  }

  /// Does what can be done without waiting.
  ///
  /// - Parameter ended: told how each handle that has ended since the last call has.
  func perform(_ ended: (_ isHandle: (CurlHandle) -> Bool, CURLcode) -> Void) {
    var running: Int32 = 0
    unsafe curl_multi_perform(multi, &running)
    var rest: Int32 = 0
    while let message = unsafe curl_multi_info_read(multi, &rest) {
      guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
      let easy = unsafe message.pointee.easy_handle
      unsafe ended(
        { handle in unsafe handle.withPointer { unsafe $0 == easy } },
        message.pointee.data.result
      )
    }
  }

  /// Waits until a socket of libcurl's is ready, or one of its own times has come.
  func wait(milliseconds: Int32) {
    unsafe _ = curl_multi_poll(multi, nil, 0, milliseconds, nil)
  }

  /// Waits until a socket of libcurl's or one of these is ready; sets what each is ready for.
  func poll(_ entries: inout [pollfd], milliseconds: Int32) {
    var others = entries.map { curl_waitfd(fd: $0.fd, events: $0.events, revents: 0) }
    let count = UInt32(others.count)
    unsafe others.withUnsafeMutableBufferPointer {
      unsafe _ = curl_multi_poll(multi, $0.baseAddress, count, milliseconds, nil)
    }
    for (index, other) in others.enumerated() { entries[index].revents = other.revents }
  }
}
