import ArgumentParser
import Delivering
import Importing
import Transfer

extension RelayError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .connection(let error): error.exitCode
    case .unsteady: .unavailable
    case .senderRefused, .authenticationRequired: .configuration
    case .policy: .temporaryFailure
    case .outbox(let error): error.exitCode
    }
  }
}

extension SMTPConnectionError: ExitCoded {
  var exitCode: ExitCode {
    switch kind {
    case .unreachable, .refused, .lost, .tls: .unavailable
    case .noSTARTTLS, .certificate: .configuration
    case .authentication: .noPermission
    }
  }
}

extension JournalError: ExitCoded {
  var exitCode: ExitCode { .ioError }
}

extension OutboxError: ExitCoded {
  var exitCode: ExitCode {
    switch self {
    case .notMaildir: .cannotCreate
    case .full, .cannotWrite: .ioError
    case .notPermitted: .noPermission
    }
  }
}

extension SourceFolderError: ExitCoded {
  var exitCode: ExitCode { .missingInput }
}
