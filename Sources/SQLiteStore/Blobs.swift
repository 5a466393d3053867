import Foundation

/// Bytes as GRDB takes them.
func data(_ bytes: [UInt8]) -> Data { Data(bytes) }

/// Bytes as GRDB gives them.
func bytes(_ data: Data) -> [UInt8] { Array(data) }
