import Foundation
import Model
import TestSupport
import Testing

@testable import Rendering

/// The pages where readers subscribe, choose and leave.
@Suite struct DoorPagesTests {
  private static let address = EmailAddress("lectrice@courrier.example")!

  private let renderer: DoorRenderer

  init() throws {
    renderer = try DoorRenderer(site: Self.site, templates: Templates(), path: "")
  }

  private static var site: Site {
    var site = SamplePages.site
    site.serverURL = "https://veille.example/"
    site.digests = [
      DigestSettings(name: "d", schedule: .daily(at: CivilTime(hour: 8, minute: 0)!)),
      DigestSettings(name: "w", schedule: .weekly(on: .monday, at: CivilTime(hour: 8, minute: 0)!)),
      DigestSettings(
        name: "m",
        schedule: .monthly(first: .monday, at: CivilTime(hour: 8, minute: 0)!)
      ),
    ]
    return site
  }

  private var topics: [Slug] { Self.site.topics.map(\.slug) }

  private var messages: [(name: String, message: DoorMessage)] {
    [
      ("check-mail", .checkMail(address: "\(Self.address)")),
      ("confirm", .confirm(Self.address, topics: topics, token: "C")),
      (
        "confirmed",
        .confirmed(topics: topics, next: CivilDate("2026-11-30"), latest: nil, preferences: "P")
      ),
      ("leave", .leave(Self.address, topic: nil, token: "L", preferences: "P")),
      ("leave-topic", .leave(Self.address, topic: topics[0], token: "L", preferences: "P")),
      ("left", .left(topic: nil)),
      ("refuse", .refuse(Self.address, token: "C")),
      ("refused", .refused),
      ("issue", .issue(review(.waits(forApproval: true)), token: "I", isOutdated: false)),
      ("issue-held", .issue(review(.held), token: "I", isOutdated: true)),
      ("issue-over", .issue(review(.over), token: "I", isOutdated: false)),
      ("link-sent", .linkSent(Self.address)),
      ("arrive", .arrive(Self.address, token: "A")),
      ("arrived", .arrived),
      ("taken", .taken),
      ("data", .data(Self.address, token: "D")),
      ("erase", .erase(Self.address, token: "E")),
      ("erased", .erased),
    ] + DoorFailure.allCases.map { ("failure-\($0.rawValue)", .failure($0)) }
  }

  private func review(_ standing: IssueReview.Standing) -> IssueReview {
    IssueReview(
      name: IssueName("weekly/2026-11-23")!,
      plan: 1,
      standing: standing,
      due: Instant(seconds: 1_795_417_200),
      recipients: 1234,
      titles: ["À Minsk, l’université à huis clos", "Le lithium, et après\u{202F}?"],
      decisions: standing == .over
        ? [] : standing == .held ? [.release, .cancel] : [.approve, .hold]
    )
  }

  private func pages(in language: Language) -> [(name: String, page: [UInt8])] {
    let choices = DoorChoices(topics: [topics[0]], cadence: .weekly, language: language)
    let forms: [(String, [UInt8])] = [
      ("subscribe", renderer.page(SubscribeForm(stamp: "S"), in: language)),
      (
        "subscribe-errors",
        renderer.page(
          SubscribeForm(email: "lectrice@", stamp: "S", problems: [.address, .topics]),
          in: language
        )
      ),
      (
        "subscribe-review",
        renderer.page(
          SubscribeForm(email: "a@b.example", choices: choices, stamp: "S", isForReview: true),
          in: language
        )
      ),
      (
        "preferences",
        renderer.page(
          PreferencesForm(
            address: Self.address,
            choices: choices,
            pausedUntil: Instant(seconds: 1_795_417_200),
            token: "P",
            leaveToken: "L",
            isSaved: true
          ),
          in: language
        )
      ),
      ("move", renderer.page(MoveForm(token: "M"), in: language)),
      (
        "move-errors",
        renderer.page(MoveForm(email: "lectrice@", token: "M", isWrong: true), in: language)
      ),
    ]
    return forms + messages.map { ($0.name, renderer.page($0.message, in: language)) }
  }

  @Test func `every page is accessible and narrow enough, in both languages`() throws {
    let folder = TemporaryFolder()
    for language in [Language.french, .english] {
      for (name, page) in pages(in: language) {
        try folder.write(String(decoding: page, as: UTF8.self), to: "\(name)-\(language).html")
      }
    }
    for target in ["subscribe", "preferences/P", "unsubscribe/L", "move/M"] {
      try folder.write("", to: target)
    }
    try folder.write(String(decoding: renderer.stylesheet(), as: UTF8.self), to: "site.css")
    let shots = ProcessInfo.processInfo.environment["FEEDGEN_SHOTS"]
    let (status, output) = try checkPages(in: folder.path, shots: shots)
    if output.contains("skipped") { print(output) }
    #expect(status == 0, "\(output.prefix(4000))")
  }

  @Test func `what is typed stands escaped, whatever it is`() {
    let typed = "\"><script>alert(1)</script>\u{301}&\u{0}\r\nX: y"
    let form = renderer.page(SubscribeForm(email: typed, stamp: "S"), in: .french)
    let message = renderer.page(.checkMail(address: typed), in: .french)
    for page in [form, message] {
      let text = String(decoding: page, as: UTF8.self)
      #expect(!text.contains("<script") && !text.contains("\u{0}"))
      #expect(text.contains("&quot;&gt;&lt;script&gt;") || text.contains("&#34;"))
    }
  }

  @Test func `a page for one reader shows their address masked only`() {
    for (name, message) in messages where name != "check-mail" {
      let text = String(decoding: renderer.page(message, in: .french), as: UTF8.self)
      #expect(!text.contains("lectrice"), "\(name)")
    }
  }

  @Test func `with one cadence there is no choice of it`() throws {
    var site = Self.site
    site.digests = [site.digests[1]]
    let renderer = try DoorRenderer(site: site, templates: Templates())
    let text = String(
      decoding: renderer.page(SubscribeForm(stamp: "S"), in: .french),
      as: UTF8.self
    )
    #expect(!text.contains("name=\"cadence\""))
    #expect(text.contains("action=\"/subscribe\""))
  }

  @Test func `what was shown is known by its hash, and another text has another`() throws {
    var other = Self.site
    other.topics.removeLast()
    let renderer = try DoorRenderer(site: other, templates: Templates(), path: "")
    let text = self.renderer.consentText(in: .french)
    #expect(text.version.hasSuffix(" fr") && text.hash.count == 32)
    #expect(text == self.renderer.consentText(in: .french))
    #expect(text.hash != self.renderer.consentText(in: .english).hash)
    #expect(text.hash != renderer.consentText(in: .french).hash)
  }

  @Test func `pages lead to the door where there is one, from a topic with it chosen`() throws {
    let with = try SamplePages.index(
      SamplePages.homeFeed,
      [],
      site: Self.site
    )
    #expect(with.contains("<a href=\"https://veille.example/subscribe\">S’abonner</a>"))
    let without = try SamplePages.index(SamplePages.homeFeed, [])
    #expect(!without.contains("subscribe"))
  }
}
