import Cryptography
import HTTPTypes
import Model
import Rendering
import Testing

@testable import Server

/// The page where an editor decides about an issue.
@Suite struct IssuePageTests {
  private let door: DoorUnderTest
  private let name = IssueName("weekly/2026-11-23")!
  private let url: String

  init() throws {
    door = try DoorUnderTest()
    let due = door.now.advanced(by: .days(3))
    let links = ReaderLinks(serverURL: "", keys: door.tokens, takesOneClick: true)
    url = "/" + links.issueURL(name, due: due)
    door.issues[name] = IssueReview(
      name: name,
      plan: 7,
      standing: .waits(forApproval: true),
      due: due,
      recipients: 1234,
      titles: ["Élections à Minsk", "<b>Lithium</b>"],
      decisions: [.approve, .hold, .cancel]
    )
  }

  @Test func `it says what goes out, when and to how many`() async throws {
    let page = try await door.ask(.get, url)
    #expect(page.status == 200)
    #expect(page.headers[.cacheControl] == "no-store")
    let text = page.body.replacing("\u{A0}", with: " ")
    #expect(text.contains("Numéro du lundi 23 novembre 2026"))
    #expect(text.contains("1234 personnes, au plus tôt le 23 novembre 2026 à 08:00"))
    #expect(page.body.contains("<li>Élections à Minsk</li>"))
    #expect(page.body.contains("&lt;b&gt;Lithium"))
    for button in ["approve", "hold", "cancel"] {
      #expect(page.body.contains("name=\"decision\" value=\"\(button)\""), "\(button)")
    }
    #expect(!page.body.contains("value=\"release\""))
    #expect(door.decided.isEmpty, "who only looks decides nothing")
  }

  @Test func `a button decides`() async throws {
    #expect(try await door.ask(.post, url, "plan=7&decision=hold").status == 200)
    #expect(door.decided.map(\.0) == [.hold] && door.decided.map(\.1) == [name])
  }

  @Test func `nothing is decided about a plan that nobody has seen`() async throws {
    let answer = try await door.ask(.post, url, "plan=6&decision=approve")
    #expect(answer.status == 409)
    #expect(answer.body.contains("Ce numéro a été refait depuis."))
    #expect(door.decided.isEmpty)
  }

  @Test(arguments: ["", "decision=approve", "plan=7", "plan=7&decision=delete", "plan=7&plan=6"])
  func `what no button sends decides nothing`(body: String) async throws {
    let answer = try await door.ask(.post, url, body)
    #expect([400, 409].contains(answer.status))
    #expect(door.decided.isEmpty)
  }

  @Test func `the link is for this issue, and not for ever`() async throws {
    let forged = "/issues/" + door.token(.preferences, 1)
    #expect(try await door.ask(.get, forged).status == 400)
    #expect(try await door.ask(.get, url.dropLast() + "A").status == 400)
    door.now = door.now.advanced(by: .days(34))
    #expect(try await door.ask(.get, url).status == 400)
  }

  @Test func `an issue that is not there any more is said to be gone`() async throws {
    door.issues = [:]
    #expect(try await door.ask(.get, url).status == 410)
  }
}
