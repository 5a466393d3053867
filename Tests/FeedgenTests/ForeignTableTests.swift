import Model
import TestSupport
import Testing

/// Tables that other systems export, made by hand after their documentation and sources.
@Suite struct ForeignTableTests {
  let site: TestSite

  init() throws {
    site = try TestSite()
  }

  static let mailchimpSubscribed = """
    "Email Address","First Name","Last Name",Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,\
    CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
    Anne@Bücher.example,Anne,"Le Goff, née Roux",,4,,,"2019-03-16 14:40:47",203.0.113.7,,,,,,FR,,\
    "2020-03-16 14:40:47",90498395,810826c56e,,"VIP, amie"
    pas-confirme@courrier.example,,,,2,"2019-03-16 14:40:47",203.0.113.8,,,,,,,,,,\
    "2019-03-16 14:40:47",90498396,810826c56f,,

    """

  @Test func `Mailchimp's subscribed contacts come in with their confirmation`() throws {
    let result = try importing(Self.mailchimpSubscribed, from: "mailchimp")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "1 added, 0 changed, 0 unchanged.\n1 left out, as said above.\n")
    #expect(
      result.errors
        == "feedgen: list.csv:3: pas-confirme@courrier.example: not confirmed in Mailchimp "
        + "(no CONFIRM_TIME)\n"
    )
    #expect(
      try table() == [
        "Anne@xn--bcher-kva.example,\"Anne Le Goff, née Roux\","
          + "\"amerique-latine;bielorussie\",fr,weekly,active,2019-03-16T13:40:47Z,mailchimp"
      ]
    )
    let again = try importing(Self.mailchimpSubscribed, from: "mailchimp")
    #expect(again.output.hasPrefix("0 added, 0 changed, 1 unchanged."))
  }

  @Test func `who left Mailchimp, bounced or complained there is never added`() throws {
    let left = """
      Email Address,First Name,Last Name,CONFIRM_TIME,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON
      partie@courrier.example,P,,2019-03-16 14:40:47,2020-01-01 10:00:00,Lettre 12,NORMAL
      fache@courrier.example,F,,2019-03-16 14:40:47,2020-01-01 10:00:00,Lettre 12,Abuse complaint

      """
    let cleaned = """
      Email Address,CONFIRM_TIME,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE
      morte@courrier.example,2019-03-16 14:40:47,2020-01-01 10:00:00,Lettre 13

      """
    let other = """
      Email Address,Status,CONFIRM_TIME
      cliente@courrier.example,Non-Subscribed,2019-03-16 14:40:47

      """
    for text in [left, cleaned] {
      #expect(try importing(text, from: "mailchimp").status == 0)
    }
    let result = try importing(other, from: "mailchimp")
    #expect(result.errors.contains("no subscriber in Mailchimp (non-subscribed)"))
    #expect(try reason("partie@courrier.example") == "left")
    #expect(try reason("fache@courrier.example") == "complaint")
    #expect(try reason("morte@courrier.example") == "dead")
    #expect(try reason("cliente@courrier.example") == nil)
    #expect(try table() == [])
  }

  static let mailpoet = """
    \u{FEFF}"Email","First name","Last name","Subscription time","Confirmation time","List status",\
    "Global status","List"
    "anne@courrier.example","Anne","'-Roux","2021-02-03 10:11:12","2021-02-03 11:00:00",\
    "unsubscribed","subscribed","Ancienne"
    "anne@courrier.example","Anne","'-Roux","2021-02-03 10:11:12","2021-02-03 11:00:00",\
    "subscribed","subscribed","Lettre"
    "Anne@Courrier.example","Anne","'-Roux","2021-02-03 10:11:12","2021-02-03 11:00:00",\
    "subscribed","subscribed","Autre"
    "ajoute@courrier.example","","","2021-02-03 10:11:12","","subscribed","inactive","Lettre"
    "attend@courrier.example","","","2021-02-03 10:11:12","","unconfirmed","unconfirmed","Lettre"
    "partie@courrier.example","","","2021-02-03 10:11:12","","unsubscribed","unsubscribed","Lettre"
    "morte@courrier.example","","","2021-02-03 10:11:12","","subscribed","bounced","Lettre"

    """

  @Test func `MailPoet's people come in once, whatever lists they were on`() throws {
    let result = try importing(Self.mailpoet, from: "mailpoet")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("4 added, 0 changed, 0 unchanged.\n"), "\(result.output)")
    #expect(
      result.errors.split(separator: "\n") == [
        "feedgen: list.csv:2: anne@courrier.example: not on the list “Ancienne” any more "
          + "(unsubscribed)",
        "feedgen: list.csv:4: Anne@courrier.example: was already in line 3",
        "feedgen: list.csv:6: attend@courrier.example: not confirmed in MailPoet (unconfirmed)",
      ]
    )
    let topics = "\"amerique-latine;bielorussie\",fr,weekly,active"
    #expect(
      try table() == [
        "anne@courrier.example,Anne -Roux,\(topics),2021-02-03T10:00:00Z,mailpoet",
        "ajoute@courrier.example,,\(topics),2021-02-03T09:11:12Z,mailpoet",
      ]
    )
    #expect(try reason("partie@courrier.example") == "left")
    #expect(try reason("morte@courrier.example") == "dead")
    #expect(try reason("attend@courrier.example") == nil)
  }

  static let listmonk = """
    uuid,email,name,attributes,status,created_at,updated_at
    7f7a…,anne@courrier.example,Anne,"{""city"": ""Brest""}",enabled,\
    2023-05-03 10:11:12.123456 +0530 IST,2023-05-04 10:11:12.1 +0530 IST
    7f7b…,ecartee@courrier.example,,{},disabled,2023-05-03 10:11:12 +0000 UTC,2023-05-03 10:11:12 +0000 UTC
    7f7c…,bloquee@courrier.example,,{},blocklisted,2023-05-03 10:11:12 +0000 UTC,2023-05-03 10:11:12 +0000 UTC

    """

  @Test func `listmonk's people come in when the operator vouches that they confirmed`() throws {
    let without = try importing(Self.listmonk, from: "listmonk")
    #expect(without.status == 64)
    #expect(without.errors.contains("does not tell who has confirmed"), "\(without.errors)")
    let result = try importing(Self.listmonk, from: "listmonk", ["--consent", "double opt-in"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      try table() == [
        "anne@courrier.example,Anne,\"amerique-latine;bielorussie\",fr,weekly,active,"
          + "2023-05-03T04:41:12Z,listmonk: double opt-in"
      ]
    )
    #expect(try reason("ecartee@courrier.example") == "by-hand")
    #expect(try reason("bloquee@courrier.example") == "never")
  }

  static let ghost = """
    id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,\
    deleted_at,labels,tiers
    m1,anne@courrier.example,Anne Roux,"Amie, ancienne",true,true,cus_ABC,2024-01-15T10:00:00.000Z,,,
    m2,partie@courrier.example,,,false,false,,2024-02-10T08:00:00.000Z,,,
    m3,effacee@courrier.example,,,true,false,,2024-02-10T08:00:00.000Z,2024-03-10T08:00:00.000Z,,
    m4,muette@courrier.example,,,,false,,2024-02-10T08:00:00.000Z,,,

    """

  @Test func `Ghost's members come in when they want mail`() throws {
    let result = try importing(Self.ghost, from: "ghost")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("2 added"), "\(result.output)")
    #expect(result.errors.contains("list.csv:4: effacee@courrier.example: deleted in Ghost"))
    #expect(result.errors.contains("subscribed_to_emails is empty"))
    #expect(
      try table() == [
        "anne@courrier.example,Anne Roux,\"amerique-latine;bielorussie\",fr,weekly,active,"
          + "2024-01-15T10:00:00Z,ghost"
      ]
    )
    #expect(try reason("partie@courrier.example") == "left")
  }

  @Test func `who has left since is not brought back by an older table`() throws {
    _ = try importing(Self.ghost, from: "ghost")
    try #require(try site.run(["subscribers", "unsubscribe", "anne@courrier.example"]).status == 0)
    let again = try importing(Self.ghost, from: "ghost", ["--verbose"])
    #expect(again.errors.contains("anne@courrier.example: left out: must not be written to"))
    #expect(try table().allSatisfy { $0.contains(",left,") })
  }

  @Test func `nobody gets a message because they were imported`() throws {
    _ = try importing(Self.ghost, from: "ghost")
    let query = ["\(site.folder.path)/feedgen.db", "SELECT count(*) FROM delivery"]
    #expect(try runProgram("sqlite3", query).output == "0\n")
  }

  @Test(arguments: [
    ("ghost", "email,name\n", "list.csv:1: there is no column “subscribed_to_emails”"),
    ("mailpoet", "E-mail,Statut global\n", "list.csv:1: there is no column “Email”"),
    (
      "mailchimp", "Email Address,CONFIRM_TIME\nanne,2019-03-16 14:40:47\n",
      "list.csv:2: “anne” is no e-mail address"
    ),
    (
      "mailchimp", "Email Address,CONFIRM_TIME\na@courrier.example,hier\n",
      "list.csv:2: “hier” is no date"
    ),
    (
      "mailchimp",
      "Email Address,CONFIRM_TIME\na@courrier.example,2019-03-16\nA@courrier.example,2019-03-16\n",
      "list.csv:3: A@courrier.example was already in line 2; remove one"
    ),
    (
      "mailpoet", "Email,Global status\na@courrier.example,subscribed\n",
      "list.csv:2: says no consent"
    ),
  ])
  func `a wrong table is told`(system: String, text: String, words: String) throws {
    let result = try importing(text, from: system)
    #expect(result.status == 65)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test func `a table of another system without its name is recognised`() throws {
    try site.folder.write(Self.mailchimpSubscribed, to: "list.csv")
    let result = try site.run(["subscribers", "import", "list.csv"])
    #expect(result.status == 65)
    #expect(result.errors.contains("Then say --map mailchimp"), "\(result.errors)")
    let unknown = try site.run(["subscribers", "import", "list.csv", "--map", "substack"])
    #expect(unknown.status == 64)
  }

  private func importing(
    _ text: String,
    from system: String,
    _ more: [String] = []
  ) throws -> Program.Result {
    try site.folder.write(text, to: "list.csv")
    return try site.run(["subscribers", "import", "list.csv", "--map", system] + more)
  }

  /// The rows of those who are in the store.
  private func table() throws -> [String] {
    let output = try site.run(["subscribers", "list"]).output
    return output.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  /// Why an address must not be written to, which `suppress` says of who is; nil for all others.
  private func reason(_ address: String) throws -> String? {
    let words = ["subscribers", "suppress", address, "--reason", "dead"]
    let output = try site.run(words + ["--note", "essai"]).output
    if output.contains("(essai)") { return nil }
    return output.split(separator: "; ").last?.split(separator: " ").first.map(String.init)
  }
}
