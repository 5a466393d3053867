import ArgumentParser
import Glibc

/// Opens /dev/null in the place of standard descriptors that are closed.
///
/// Otherwise the first files that are opened would get their numbers, and what is printed would
/// land in the store or in a lock.
func openStandardDescriptors() {
  for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
  where fcntl(descriptor, F_GETFD) == -1 {
    // The lowest free number is taken, which is this one.
    _ = unsafe open("/dev/null", O_RDWR)
  }
}

/// The result could not be written to standard output.
struct OutputError: ExitCoded, CustomStringConvertible {
  var exitCode: ExitCode { .ioError }
  var description: String { "standard output: cannot be written; is the disk full?" }
}
