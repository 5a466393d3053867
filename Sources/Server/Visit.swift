import HTTPTypes
import Rendering

/// A request for one of the door's pages.
struct Visit {
  var method: HTTPRequest.Method
  /// Nil where the query cannot be read.
  var query: FormFields?
  /// What a form has sent; nil where none did.
  var form: FormFields?
  /// Who asks; nil where that is not known.
  var client: IPAddress?

  /// Whether it says that it means it: nothing is done for a visit that does not.
  func sends(_ field: DoorField) -> Bool {
    form?.value(field.name) == field.value
  }
}
