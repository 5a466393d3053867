import Model
import Testing

@testable import feedgen

/// A change to the smallest configuration, and what is then said.
struct BadConfiguration: CustomTestStringConvertible, Sendable {
  var change: (String, String)
  var problems: [String]

  var testDescription: String { change.1 }

  init(_ old: String, _ new: String, _ problems: String...) {
    change = (old, new)
    self.problems = problems
  }

  /// More lines at the end.
  init(adding text: String, _ problems: String...) {
    change = ("", text)
    self.problems = problems
  }

  var text: String {
    change.0.isEmpty
      ? ConfigurationSample.smallest + change.1
      : ConfigurationSample.smallest.replacing(change.0, with: change.1)
  }
}

@Suite struct ConfigurationProblemsTests {
  @Test(arguments: siteCases + topicCases + feedCases + digestCases + mailCases + pathCases)
  func `a mistake is said with its place and what to do`(_ bad: BadConfiguration) {
    let problems = ConfigurationSample.problems(bad.text)
    #expect(problems == bad.problems)
  }

  @Test(arguments: yamlCases)
  func `what is not YAML, or too clever, is said`(_ bad: BadConfiguration) {
    let problems = ConfigurationSample.problems(bad.text)
    #expect(problems == bad.problems)
  }

  @Test func `all mistakes are said at once, from top to bottom`() {
    let text = """
      site:
        titel: Veille
        url: veille.example.org
        language: fr
        timezone: Europe/Pariss
        author: {name: La rédaction}
        author: {nom: La rédaction}
        id: "tag:veille.example.org,2026:"
      topics:
        - {slug: Bielorussie, title: Biélorussie}
      outptu: feeds/

      """
    let problems = ConfigurationSample.problems(text, overrides: ["store=mysql:x"])
    #expect(
      problems.map { $0.prefix { $0 != " " } } == [
        "2:3:", "3:8:", "5:13:", "7:3:", "7:12:", "10:12:", "11:1:", "--set",
      ]
    )
  }

  @Test(arguments: [
    (
      "",
      [
        "1:1: “topics” is missing; add for instance “topics: [{slug: amerique-latine, "
          + "title: Amérique latine, description: \"…\"}]”",
        "1:1: “site” is missing; add “site:” with title, url, language, timezone, author and id, "
          + "or see what “feedgen init” writes in a new folder",
      ]
    ),
    ("- a", ["1:1: the configuration is a list, but a group of keys is expected, such as “site:”"]),
    (
      "site: a\ntopcis: []",
      [
        "1:7: “site” is a text, but a group of keys is expected, such as “title:”",
        "2:1: “topcis” is no key of a configuration; did you mean “topics”?",
      ]
    ),
  ])
  func `one mistake is said once`(text: String, messages: [String]) {
    let problems = ConfigurationSample.problems(text)
    #expect(problems == messages)
  }

  @Test func `the line itself is shown, without a password in it`() {
    let text =
      ConfigurationSample.smallest + """
        mail:
          from: a@example.org
          smtp: smtp://me:se:cr@t@relay.example.org

        """
    let error = #expect(throws: ConfigurationError.self) { try ConfigurationSample.read(text) }
    let problem = error?.problems.first
    #expect(problem?.excerpt == "  smtp: smtp://me:***@relay.example.org")
    #expect(error?.description.contains("cr@t") == false)
  }
}

private let siteCases = [
  BadConfiguration(
    "title: Veille",
    "titel: Veille",
    "2:3: “site.titel” is no key of a configuration; did you mean “title”?"
  ),
  BadConfiguration(
    "title: Veille",
    "title:",
    "2:9: “site.title” has no value; write for instance “title: Veille géopolitique”"
  ),
  BadConfiguration(
    "title: Veille",
    "title: [Veille]",
    "2:10: “site.title”: a text, not a list, is expected, for instance “title: Veille "
      + "géopolitique”"
  ),
  BadConfiguration(
    "https://veille.example.org/",
    "veille.example.org",
    "3:8: “site.url”: an absolute http or https address in ASCII (a host in another "
      + "script as “xn--…”) is expected, for instance “url: https://veille.example.org/”"
  ),
  BadConfiguration(
    "https://veille.example.org/",
    "https://élan.example.org/",
    "3:8: “site.url”: an absolute http or https address in ASCII (a host in another "
      + "script as “xn--…”) is expected, for instance “url: https://veille.example.org/”"
  ),
  BadConfiguration(
    "https://veille.example.org/",
    "https://veille.example.org/?a=b",
    "3:8: “site.url”: an address without “?” and “#” is expected, for instance “url: "
      + "https://veille.example.org/”"
  ),
  BadConfiguration(
    "language: fr",
    "language: no",
    "4:13: “site.language”: YAML reads no as false; for Norwegian write “language: "
      + "\"no\"”, or better nb or nn"
  ),
  BadConfiguration(
    "language: fr",
    "language: français",
    "4:13: “site.language”: a language tag (BCP 47) is expected, for instance “language: "
      + "fr”"
  ),
  BadConfiguration(
    "timezone: Europe/Paris",
    "timezone: Europe/Pari",
    "5:13: “site.timezone”: there is no time zone “Europe/Pari”; did you mean "
      + "“Europe/Paris”?"
  ),
  BadConfiguration(
    "timezone: Europe/Paris",
    "timezone: ../../etc/passwd",
    "5:13: “site.timezone”: there is no time zone “../../etc/passwd”; write for instance "
      + "“Europe/Paris”"
  ),
  BadConfiguration(
    "{name: La rédaction}",
    "La rédaction",
    "6:11: “site.author” is a text, but a group of keys is expected, such as “name:”"
  ),
  BadConfiguration(
    "{name: La rédaction}",
    "{email: redaction}",
    "6:11: “site.author.name” is missing; add under “site.author” for instance “name: La "
      + "rédaction”",
    "6:19: “site.author.email”: an e-mail address is expected, "
      + "for instance “email: redaction@example.org”"
  ),
  BadConfiguration(
    "  id: \"tag:veille.example.org,2026:\"\n",
    "",
    "2:3: “site.id” is missing, the base of all ids, which never changes; add this line "
      + "under “site”: “id: \"tag:veille.example.org,2026:\"”"
  ),
  BadConfiguration(
    "tag:veille.example.org,2026:",
    "tag:Veille.example.org,2026:",
    "7:7: “site.id”: not a tag URI that can be kept, because it is written in ASCII "
      + "without capitals and spaces; write for instance “id: "
      + "\"tag:veille.example.org,2026:\"”"
  ),
  BadConfiguration(
    "tag:veille.example.org,2026:",
    "https://veille.example.org/",
    "7:7: “site.id”: not a tag URI that can be kept, because its form is tag:HOST,YEAR: "
      + "with a host of yours and a year in which you had it; write for instance “id: "
      + "\"tag:veille.example.org,2026:\"”"
  ),
  BadConfiguration(
    "tag:veille.example.org,2026:",
    "tag:veille,2026:",
    "7:7: “site.id”: not a tag URI that can be kept, because “veille” is neither the "
      + "name of a host nor an address; write for instance “id: "
      + "\"tag:veille.example.org,2026:\"”"
  ),
  BadConfiguration(
    "tag:veille.example.org,2026:",
    "tag:veille.example.org,2026-13:",
    "7:7: “site.id”: not a tag URI that can be kept, because “2026-13” is no date; write "
      + "for instance “id: \"tag:veille.example.org,2026:\"”"
  ),
  BadConfiguration(
    "tag:veille.example.org,2026:",
    "tag:veille.example.org,2026-11-22:",
    "7:7: “site.id”: not a tag URI that can be kept, because its date, 2026-11-22, is "
      + "still to come; write for instance “id: \"tag:veille.example.org,2026:\"”"
  ),
  BadConfiguration(
    "language: fr",
    "language: fr\n  accent: #0b5563",
    "5:10: “site.accent” has no value, because “#” begins a comment; put quotes around "
      + "it, for instance “accent: \"#0b5563\"”"
  ),
  BadConfiguration(
    "language: fr",
    "language: fr\n  accent: \"#84c6ca\"",
    "5:11: “site.accent”: #84c6ca has a contrast of 1.84 on #fbfaf7, and text needs 4.5; "
      + "take a darker one"
  ),
  BadConfiguration(
    "language: fr",
    "language: fr\n  accent: {light: teal, dark: \"#0f5b63\"}",
    "5:19: “site.accent.light”: a colour in six hexadecimal digits is expected, for "
      + "instance “light: \"#0f5b63\"”",
    "5:31: “site.accent.dark”: #0f5b63 has a contrast of 2.32 on #161614, and text needs "
      + "4.5; take a lighter one"
  ),
]

private let topicCases = [
  BadConfiguration(
    "slug: bielorussie",
    "slug: Biélorussie",
    "9:12: “topics[0].slug”: a name in lower-case ASCII letters, digits and single "
      + "hyphens is expected, for instance “slug: amerique-latine”"
  ),
  BadConfiguration(
    "slug: bielorussie",
    "slug: digests",
    "9:12: “topics[0].slug”: “digests” is the name of a folder of feedgen’s own; take "
      + "another, for instance “digests-2”"
  ),
  BadConfiguration(
    "  - {slug: bielorussie, title: Biélorussie}\n",
    "",
    "8:8: “topics” has no value; write for instance “topics: [{slug: amerique-latine, "
      + "title: Amérique latine, description: \"…\"}]”"
  ),
  BadConfiguration(
    "  - {slug: bielorussie, title: Biélorussie}",
    "  bielorussie: Biélorussie",
    "9:3: “topics”: a list, not a group of keys, is expected, for instance “topics: "
      + "[{slug: amerique-latine, title: Amérique latine, description: \"…\"}]”"
  ),
  BadConfiguration(
    "title: Biélorussie}",
    "title: Biélorussie, retired: yes}",
    "9:54: “topics[0].retired”: true or false is expected, for instance “retired: true”"
  ),
  BadConfiguration(
    "title: Biélorussie}",
    "title: Biélorussie}\n  - {slug: bielorussie, title: Biélorussie, was: [bielorussie, A b]}",
    "10:12: “bielorussie” is already the slug of a topic above",
    "10:32: “Biélorussie” is already the title of a topic above",
    "10:50: “topics[1].was”: “bielorussie” is still the slug of a topic; remove that "
      + "topic, which becomes a part of this one, or take “bielorussie” out of the list",
    "10:64: “topics[1].was”: names in lower-case ASCII letters, digits and single "
      + "hyphens are expected, for instance “was: [old-slug]”"
  ),
  BadConfiguration(
    "title: Biélorussie}",
    "title: Biélorussie, was: [est]}\n  - {slug: russie, title: Russie, was: [est]}",
    "10:40: “topics[1].was”: “est” already became another topic above"
  ),
]

private let feedCases = [
  BadConfiguration(
    adding: "feeds: {entries: 0, content: all, formats: [atom, rss, xml]}",
    "10:18: “feeds.entries”: a whole number from 5 to 1000 is expected, for instance "
      + "“entries: 50”",
    "10:30: “feeds.content”: one of full, summary is expected, for instance “content: full”",
    "10:56: “feeds.formats”: “xml” is no format; write for instance "
      + "“formats: [atom, rss, json]”"
  ),
  BadConfiguration(
    adding: "feeds: {hubs: [hub.example.org], archives: perhaps, precompress: 1, hub: []}",
    "10:16: “feeds.hubs”: “hub.example.org” is no address; write for instance "
      + "“https://hub.example.org/”",
    "10:44: “feeds.archives”: true or false is expected, for instance “archives: true”",
    "10:66: “feeds.precompress”: true or false is expected, for instance “precompress: true”",
    "10:69: “feeds.hub” is no key of a configuration; did you mean “hubs”?"
  ),
  BadConfiguration(
    adding: "feeds: {formats: []}",
    "10:18: “feeds.formats” has no value; write for instance “formats: [atom, rss, json]”"
  ),
  BadConfiguration(
    adding: "feeds: {colour: red}",
    "10:9: “feeds.colour” is no key of a configuration; known here: entries, content, "
      + "formats, archives, precompress, hubs"
  ),
]

private let digestCases = [
  BadConfiguration(
    adding: "digests: [{name: lettre, cadence: weekly}]",
    "10:18: “digests[0].name”: in this version of feedgen the name of a digest is its cadence; "
      + "write “name: weekly”"
  ),
  BadConfiguration(
    adding: "digests: [{cadence: weekly, colour: red}]",
    "10:29: “digests[0].colour” is no key of a configuration; known here: name, cadence, day, at, "
      + "max_lateness, min_items, ceiling, content, review, approval"
  ),
  BadConfiguration(
    adding: "digests: [{name: lettre, cadence: weekly, day: lundi, at: 8:00}]",
    "10:48: “digests[0].day”: one of monday, tuesday, wednesday, thursday, friday, "
      + "saturday, sunday is expected, for instance “day: monday”",
    "10:59: “digests[0].at”: a time of day from 00:00 to 23:59 in four digits is "
      + "expected, for instance “at: \"08:00\"”"
  ),
  BadConfiguration(
    adding: "digests: [{cadence: daily, day: monday}, {cadence: daily}]",
    "10:33: “digests[0].day”: a daily digest has no day; remove it",
    "10:52: there is already a daily digest above; remove one"
  ),
  BadConfiguration(
    adding: "digests: [{name: weekly, min_items: 9, ceiling: 3, max_lateness: 1w}]",
    "10:11: “digests[0].cadence” is missing; add under “digests[0]” for instance "
      + "“cadence: weekly”",
    "10:37: “digests[0].min_items” (9) is more than “ceiling” (3), so that no digest "
      + "would ever go out; lower it",
    "10:66: “digests[0].max_lateness”: a length of time from 15m to 28d is expected, for "
      + "instance “max_lateness: 3d”"
  ),
  BadConfiguration(
    adding: "digests: [{cadence: weekly, review: {}, approval: none, content: x}]",
    "10:37: “digests[0].review.to” is missing; add under “digests[0].review” for instance "
      + "“to: [redaction@example.org]”",
    "10:37: “digests[0].review.at” is missing; add under “digests[0].review” for instance "
      + "“at: \"sunday 16:00\"”",
    "10:51: “digests[0].approval”: one of optional, required is expected, for instance "
      + "“approval: required”",
    "10:66: “digests[0].content”: one of summary, title is expected, for instance “content: "
      + "summary”"
  ),
  BadConfiguration(
    adding: "digests: weekly",
    "10:10: “digests”: a list, not a text, is expected, for instance “digests: [{name: "
      + "weekly, cadence: weekly, day: monday, at: \"08:00\"}]”"
  ),
]

private let mailCases = [
  BadConfiguration(
    adding: "mail: {from: Lettre lettre@example.org, reply_to: a@-é.example.org}",
    "10:14: “mail.from”: a name and an address is "
      + "expected, for instance “from: Veille géopolitique <lettre@news.example.org>”",
    "10:51: “mail.reply_to”: an e-mail address is "
      + "expected, for instance “reply_to: redaction@example.org”"
  ),
  BadConfiguration(
    adding: "mail: {outbox: outbox/}",
    "10:7: “mail.from” is missing; add under “mail” for instance “from: Veille "
      + "géopolitique <lettre@news.example.org>”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, max_age: 3w, uncertain: maybe}",
    "10:32: “mail.max_age”: a length of time from 1h to 7d is expected, for instance “max_age: 2d”",
    "10:47: “mail.uncertain”: one of retry, hold is expected, for instance “uncertain: retry”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, bounces: {verp: true, mailbox: \"ftp://a\"}}",
    "10:39: “mail.bounces.verp” needs an address of its own; add “address: "
      + "retour@news.example.org”",
    "10:54: “mail.bounces.mailbox”: “ftp://” is not known here; use imaps://, a folder, a file or "
      + "“-”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, bounces: {verp: yes, address: abcdefghijklmnopqrstuvwx@b.org}}",
    "10:39: “mail.bounces.verp”: true or false is expected, for instance “verp: true”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, bounces: {verp: true, address: abcdefghijklmnopqrstuvwx@b.org}}",
    "10:54: “mail.bounces.address”: with “verp: true” its name has at most 23 characters before "
      + "the @, because a “+” and a token of 40 come behind it"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, signed_by: me, dkim: [{selctor: a, domain: ö.org}, here]}",
    "10:34: “mail.signed_by”: “relay” is expected, for instance “signed_by: relay”",
    "10:45: “mail.dkim[0].key_file” is missing; add under “mail.dkim[0]” for instance “key_file: "
      + "keys/dkim-2026a.pem”",
    "10:46: “mail.dkim[0].selctor” is no key of a configuration; did you mean “selector”?",
    "10:66: “mail.dkim[0].domain”: a name of the DNS (in ASCII, as “xn--…”) is expected, for "
      + "instance “domain: news.example.org”",
    "10:74: “mail.dkim[1]” is a text, but a group of keys is expected, such as “domain:”"
  ),
  BadConfiguration(
    adding: """
      mail:
        from: a@b.org
        dkim:
          - {domain: b.org, selector: a, key_file: a.pem}
          - {domain: B.org, selector: A, key_file: b.pem}
          - {domain: b.org, selector: a_b, key_file: c.pem}
      """,
    "14:33: the selector “a” is used above; each key needs one of its own",
    "15:33: “mail.dkim[2].selector”: a name of the DNS (in ASCII, as “xn--…”) is expected, for "
      + "instance “selector: 2026a”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, smtp: relay.example.org}",
    "10:29: “mail.smtp”: smtp://[user@]host[:port] or smtps://[user@]host[:port] is "
      + "expected, for instance “smtp: smtp://relay.example.org:587”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, smtp: \"smtp://h:0\"}",
    "10:29: “mail.smtp”: smtp://[user@]host[:port] or smtps://[user@]host[:port] is "
      + "expected, for instance “smtp: smtp://relay.example.org:587”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, smtp: smtp://h, password_file: a}",
    "10:54: “mail.password_file” is of no use without a user; add for instance “user: "
      + "veille”"
  ),
  BadConfiguration(
    adding: "mail: {from: a@b.org, user: me}",
    "10:29: “mail.user” is of no use without a relay; add for instance “smtp: "
      + "smtp://relay.example.org:587”, or remove it"
  ),
  BadConfiguration(
    adding:
      "mail: {from: a@b.org, smtp: smtp://a@h, user: b, password_file: f, password_command: c}",
    "10:47: “mail.user” is not the user in “mail.smtp”; remove one of them",
    "10:86: “mail.password_file” and “mail.password_command” exclude each other; remove one"
  ),
  BadConfiguration(
    adding: "notify: {editor: nobody}\nserver: {listen: x}",
    "10:18: “notify.editor”: an e-mail address is expected, for instance “editor: "
      + "redaction@example.org”",
    "11:9: “server.url” is missing; add under “server” for instance "
      + "“url: https://veille.example.org/”",
    "11:18: “server.listen”: an address and a port is expected, for instance "
      + "“listen: 127.0.0.1:8080”"
  ),
]

private let pathCases = [
  BadConfiguration(
    adding: "store: postgresql://user@host/base",
    "10:8: “store”: PostgreSQL is not in this version of feedgen yet; write “store: "
      + "sqlite:feedgen.db”"
  ),
  BadConfiguration(
    adding: "store: feedgen.db",
    "10:8: “store”: “sqlite:” and the path of a file is expected, for instance “store: "
      + "sqlite:feedgen.db”"
  ),
  BadConfiguration(
    adding: "output: articles/feeds",
    "10:9: “sources”: “articles/” and the output folder lie one in the other, so that "
      + "feedgen would read what it wrote; keep them apart"
  ),
  BadConfiguration(
    adding: "sources: [a/]\noutput: .",
    "10:11: “sources”: “a/” and the output folder lie one in the other, so that feedgen "
      + "would read what it wrote; keep them apart",
    "11:9: “output”: keys and outbox would lie in it, where everyone can read them; "
      + "write for instance “output: feeds/”"
  ),
  BadConfiguration(
    adding: "sources: [a/, a/b, {wxr: export.xml}, {folder: x}, https://a.org]",
    "10:15: “sources”: “a/b/” and “a/” share files; remove one",
    "10:39: “sources”: “folder” is no kind of source; write the name of a folder (articles/), "
      + "{wxr: export.xml}, {feed: https://…} or {url: https://…}",
    "10:52: “sources”: write {feed: https://a.org}, or {url: https://a.org} for a page"
  ),
  BadConfiguration(
    adding: "sources: articles/",
    "10:10: “sources”: a list, not a text, is expected, for instance “sources: [articles/]”"
  ),
]

private let yamlCases = [
  BadConfiguration(
    "title: Veille",
    "\ttitle: Veille",
    "2:3: this character cannot begin a value; indent with spaces, not tabs, and put "
      + "quotes around a text that begins with a sign"
  ),
  BadConfiguration(
    "title: Veille",
    "title: Veille: la lettre",
    "2:16: a second “:” in a line; put quotes around a text that has “: ” in it or ends "
      + "in “:”, as an id does: id: \"tag:veille.example.org,2026:\""
  ),
  BadConfiguration(
    "title: Veille",
    "title: \"Veille",
    "7:8: not YAML: did not find expected key; look here and above for a missing quote, "
      + "bracket or space after “:”"
  ),
  BadConfiguration(
    "title: Veille",
    "title: &t Veille",
    "2:10: anchors and aliases (“&”, “*”) are not read here; write the value out",
    "2:10: “site.title” has no value; write for instance “title: Veille géopolitique”"
  ),
  BadConfiguration(
    "{name: La rédaction}",
    "{name: &n La rédaction, uri: *n}",
    "6:18: anchors and aliases (“&”, “*”) are not read here; write the value out",
    "6:18: anchors and aliases (“&”, “*”) are not read here; write the value out",
    "6:18: “site.author.uri” has no value; write for instance “uri: "
      + "https://veille.example.org/redaction”",
    "6:18: “site.author.name” has no value; write for instance “name: La rédaction”"
  ),
  BadConfiguration(
    "title: Veille",
    "title: Veille\n  title: Autre\n  \"title\": Encore",
    "3:3: “title” is here twice (before in line 2); remove one",
    "4:3: “title” is here twice (before in line 3); remove one"
  ),
  BadConfiguration(
    adding: "topics: []",
    "10:1: “topics” is here twice (before in line 8); remove one",
    "10:9: “topics” has no value; write for instance “topics: [{slug: amerique-latine, "
      + "title: Amérique latine, description: \"…\"}]”"
  ),
  BadConfiguration(
    adding: "---\nsite: {}",
    "10:1: a second document begins here; a configuration is one, so remove the line “---”"
  ),
  BadConfiguration(
    adding: "? [a]\n: b",
    "10:3: a key is a word, not a list or a group of keys"
  ),
]
