BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1: articles, feeds, subscribers, issues, deliveries');
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  siteID TEXT NOT NULL,
  -- Says whether the keys folder belongs to this store.
  keyFingerprint TEXT,
  -- Raised by every change, inside the transaction that changes.
  revision INTEGER NOT NULL DEFAULT 0,
  -- Given once to each article, when it first becomes visible.
  release INTEGER NOT NULL DEFAULT 0,
  -- Memberships are up to date with this revision.
  settledRevision INTEGER NOT NULL DEFAULT 0,
  -- Positions in a block; fixed when the first feed is filled.
  blockSize INTEGER,
  publishedRevision INTEGER,
  publishedFingerprint TEXT,
  lastRunAsOf INTEGER,
  lastRunIsComplete INTEGER
) STRICT;
INSERT INTO state VALUES(1,'tag:veille.example.org,2026:',NULL,27,12,27,5,27,'1Veillehttps://veille.example.org/https://veille.example.org/feeds/frLa rédactiontag:veille.example.org,2026:fullatomamerique-latineAmérique latine[]bielorussieBiélorussie[]/tmp/v1/feeds',1794643200,1);
CREATE TABLE topic (
  key INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  isRetired INTEGER NOT NULL,
  -- The site's order.
  ordinal INTEGER NOT NULL
) STRICT;
INSERT INTO topic VALUES(1,'amerique-latine','Amérique latine','',0,0);
INSERT INTO topic VALUES(2,'bielorussie','Biélorussie','',0,1);
CREATE TABLE formerSlug (
  slug TEXT PRIMARY KEY,
  topic INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE article (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  sourceKey TEXT NOT NULL,
  standing TEXT NOT NULL,
  -- 1 while readers see it: published, and its date has come.
  isVisible INTEGER NOT NULL DEFAULT 0,
  -- 1 for what came in older than any digest would look back.
  isArchive INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  release INTEGER,
  published INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  inDigest INTEGER NOT NULL,
  language TEXT NOT NULL,
  url TEXT,
  image TEXT,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  erratum TEXT,
  sourceHash BLOB NOT NULL,
  wordsHash BLOB NOT NULL,
  derivation TEXT NOT NULL
) STRICT;
INSERT INTO article VALUES(1,'tag:veille.example.org,2026:articles/a1','a1','articles/','a1.md','published',1,0,15,1,1793520000,1793520000,1,'fr','https://veille.example.org/a1',NULL,'Article 1','',NULL,X'f43922ff1ec1b121084a90b2fd77a1c327f215e4a8c60eeb547003b15a2afdd5',X'b897fcbc4201edc46433c951633c1f8b8aa7b71addc56c14fe69a4821681f5b4','1');
INSERT INTO article VALUES(2,'tag:veille.example.org,2026:articles/a2','a2','articles/','a2.md','published',1,0,16,2,1793606400,1793606400,1,'fr','https://veille.example.org/a2',NULL,'Article 2','',NULL,X'8d3b80db4a2025949494b9ac6477498a099ae77c211b2f4a0f9877a22d876854',X'f249b6fa7ee0aa20f1c46caa4d1586c779f166bdfbac513002db244209845900','1');
INSERT INTO article VALUES(3,'tag:veille.example.org,2026:articles/a3','a3','articles/','a3.md','deleted',0,0,27,3,1793692800,1793692800,1,'fr','https://veille.example.org/a3',NULL,'Article 3','',NULL,X'cc0e3ff1d178a3c684520c7c4a5d91e9bbacadb19fd558d505b5c8c85d239888',X'9142824f1c26b4b3fb6cfcd150d2af7de4466116bf5fcf19eb51886aaaeac6f2','1');
INSERT INTO article VALUES(4,'tag:veille.example.org,2026:articles/a4','a4','articles/','a4.md','published',1,0,18,4,1793779200,1793779200,1,'fr','https://veille.example.org/a4',NULL,'Article 4','',NULL,X'7f96d4a73f651164d085727b7a50af72d10b56a0ee6b8fbf486bd59b42b900be',X'ad21fe5cb1ab3e589008080aeb3e5b9a62f5a0eb8f5d94deb5fc06f1f29c7910','1');
INSERT INTO article VALUES(5,'tag:veille.example.org,2026:articles/a5','a5','articles/','a5.md','published',1,0,19,5,1793865600,1793865600,1,'fr','https://veille.example.org/a5',NULL,'Article 5','',NULL,X'036859b5b1fbb95f92e227bd5442c226880d1284db59644986ce4404481eb8cd',X'edaf4624238eccc2fe2fa2a29008f3dd62d50ac4db23d2a57fa60941f2791df2','1');
INSERT INTO article VALUES(6,'tag:veille.example.org,2026:articles/a6','a6','articles/','a6.md','published',1,0,20,6,1793952000,1793952000,1,'fr','https://veille.example.org/a6',NULL,'Article 6','',NULL,X'9c4f194a6a55c64b0b59deb55e88cd20efc7c626f7a14b39e530132e8d448605',X'38d2bb7b7b5c9cde38d0552010523e9bc4f6195dc619a42f35b0e09becf6eaaa','1');
INSERT INTO article VALUES(7,'tag:veille.example.org,2026:articles/a7','a7','articles/','a7.md','published',1,0,21,7,1794038400,1794038400,1,'fr','https://veille.example.org/a7',NULL,'Article 7','',NULL,X'c1b50c694ee937c1c6681612f1ca2e8867175112fd64fc9dd8c59b551e8f6a3a',X'6e9417ba1be67530ce00be16625e531dee964706ae4a60169fdaf952ef814014','1');
INSERT INTO article VALUES(8,'tag:veille.example.org,2026:articles/a8','a8','articles/','a8.md','published',1,0,22,8,1794124800,1794124800,1,'fr','https://veille.example.org/a8',NULL,'Article 8','',NULL,X'9febf5293a0ac9d05e806b70ee29cf04e70e6414d79bd249d5363804b34347d8',X'0b2a137f5317604c812e779978eb0c6a2688f7874e9d5b462f6932678d0843ac','1');
INSERT INTO article VALUES(9,'tag:veille.example.org,2026:articles/a9','a9','articles/','a9.md','published',1,0,23,9,1794211200,1794211200,1,'fr','https://veille.example.org/a9',NULL,'Article 9','',NULL,X'33baefc69e4d2bc7fa00b6d13976fe17063c4d8a6aad0beb29593e592c3f22fa',X'88fb96ddf991789a42f6a90222fcd10786ac82c89f7a086e431646eb10765a69','1');
INSERT INTO article VALUES(10,'tag:veille.example.org,2026:articles/a10','a10','articles/','a10.md','published',1,0,24,10,1794297600,1794297600,1,'fr','https://veille.example.org/a10',NULL,'Article 10','',NULL,X'dd7d1ae705b010435824767cb668c08dca59ab9b010af2b9dda9581df991ef32',X'4509925734fcd9a76fe923cbc3b15c76bc7a6c743cddd2ac6917bbd8ad0ac210','1');
INSERT INTO article VALUES(11,'tag:veille.example.org,2026:articles/a11','a11','articles/','a11.md','published',1,0,25,11,1794384000,1794384000,1,'fr','https://veille.example.org/a11',NULL,'Article 11','',NULL,X'9c2fd0336321df5e07ccc7b1287b4bf250c6f399001fc0d94df7640ba83a341a',X'd760a1e866609b7640c4859c2b0937c7e9a1a00e317b1a04d4b002226930cc05','1');
INSERT INTO article VALUES(12,'tag:veille.example.org,2026:articles/a12','a12','articles/','a12.md','published',1,0,26,12,1794470400,1794470400,1,'fr','https://veille.example.org/a12',NULL,'Article 12','',NULL,X'8a1ec69fb59b66a832d6d3c6cfffd449989023f9307989aac872062b8bd403bb',X'8bca0827d66d04281600f81b81d09601a230bce9917d8e605add0208c1f2632c','1');
CREATE TABLE articleText (
  article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
  content TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
INSERT INTO articleText VALUES(1,replace('<p>Texte 1.</p>\n','\n',char(10)),replace('---\ntitle: "Article 1"\ndate: 2026-11-01T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a1\n---\nTexte 1.\n','\n',char(10)));
INSERT INTO articleText VALUES(2,replace('<p>Texte 2.</p>\n','\n',char(10)),replace('---\ntitle: "Article 2"\ndate: 2026-11-02T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a2\n---\nTexte 2.\n','\n',char(10)));
INSERT INTO articleText VALUES(3,replace('<p>Texte 3.</p>\n','\n',char(10)),replace('---\ntitle: "Article 3"\ndate: 2026-11-03T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a3\n---\nTexte 3.\n','\n',char(10)));
INSERT INTO articleText VALUES(4,replace('<p>Texte 4.</p>\n','\n',char(10)),replace('---\ntitle: "Article 4"\ndate: 2026-11-04T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a4\n---\nTexte 4.\n','\n',char(10)));
INSERT INTO articleText VALUES(5,replace('<p>Texte 5.</p>\n','\n',char(10)),replace('---\ntitle: "Article 5"\ndate: 2026-11-05T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a5\n---\nTexte 5.\n','\n',char(10)));
INSERT INTO articleText VALUES(6,replace('<p>Texte 6.</p>\n','\n',char(10)),replace('---\ntitle: "Article 6"\ndate: 2026-11-06T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a6\n---\nTexte 6.\n','\n',char(10)));
INSERT INTO articleText VALUES(7,replace('<p>Texte 7.</p>\n','\n',char(10)),replace('---\ntitle: "Article 7"\ndate: 2026-11-07T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a7\n---\nTexte 7.\n','\n',char(10)));
INSERT INTO articleText VALUES(8,replace('<p>Texte 8.</p>\n','\n',char(10)),replace('---\ntitle: "Article 8"\ndate: 2026-11-08T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a8\n---\nTexte 8.\n','\n',char(10)));
INSERT INTO articleText VALUES(9,replace('<p>Texte 9.</p>\n','\n',char(10)),replace('---\ntitle: "Article 9"\ndate: 2026-11-09T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a9\n---\nTexte 9.\n','\n',char(10)));
INSERT INTO articleText VALUES(10,replace('<p>Texte 10.</p>\n','\n',char(10)),replace('---\ntitle: "Article 10"\ndate: 2026-11-10T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a10\n---\nTexte 10.\n','\n',char(10)));
INSERT INTO articleText VALUES(11,replace('<p>Texte 11.</p>\n','\n',char(10)),replace('---\ntitle: "Article 11"\ndate: 2026-11-11T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a11\n---\nTexte 11.\n','\n',char(10)));
INSERT INTO articleText VALUES(12,replace('<p>Texte 12.</p>\n','\n',char(10)),replace('---\ntitle: "Article 12"\ndate: 2026-11-12T08:00:00Z\ntopics: [amerique-latine]\nurl: https://veille.example.org/a12\n---\nTexte 12.\n','\n',char(10)));
CREATE TABLE articleTopic (
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  topic INTEGER NOT NULL REFERENCES topic,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (article, topic)
) STRICT, WITHOUT ROWID;
INSERT INTO articleTopic VALUES(1,1,0);
INSERT INTO articleTopic VALUES(2,1,0);
INSERT INTO articleTopic VALUES(3,1,0);
INSERT INTO articleTopic VALUES(4,1,0);
INSERT INTO articleTopic VALUES(5,1,0);
INSERT INTO articleTopic VALUES(6,1,0);
INSERT INTO articleTopic VALUES(7,1,0);
INSERT INTO articleTopic VALUES(8,1,0);
INSERT INTO articleTopic VALUES(9,1,0);
INSERT INTO articleTopic VALUES(10,1,0);
INSERT INTO articleTopic VALUES(11,1,0);
INSERT INTO articleTopic VALUES(12,1,0);
CREATE TABLE articleAuthor (
  article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  uri TEXT,
  PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE sourceFile (
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  size INTEGER,
  modified INTEGER,
  inode INTEGER,
  missedRuns INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
INSERT INTO sourceFile VALUES('articles/','a1.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a10.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a11.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a12.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a2.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a3.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a4.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a5.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a6.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a7.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a8.md',NULL,NULL,NULL,0);
INSERT INTO sourceFile VALUES('articles/','a9.md',NULL,NULL,NULL,0);
CREATE TABLE feed (
  key INTEGER PRIMARY KEY,
  -- NULL for the site's own feed.
  topic INTEGER UNIQUE REFERENCES topic ON DELETE CASCADE,
  -- The slug it was made with: its permanent identity, whatever the topic is called later.
  name TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  -- The newest of its entries' updated, its deletions and its own changes.
  updated INTEGER,
  -- The revision of the last change that its documents may show.
  changed INTEGER NOT NULL,
  -- The last position minted at the head, and the last at the old end (0, -1, -2 …).
  lastPosition INTEGER NOT NULL DEFAULT 0,
  firstPosition INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO feed VALUES(1,NULL,'',1794556800,1794643200,27,12,1);
INSERT INTO feed VALUES(2,1,'amerique-latine',1794556800,1794643200,27,12,1);
INSERT INTO feed VALUES(3,2,'bielorussie',1794556800,NULL,2,0,1);
CREATE TABLE membership (
  feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
  position INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article,
  leftAt INTEGER,
  PRIMARY KEY (feed, position)
) STRICT, WITHOUT ROWID;
INSERT INTO membership VALUES(1,1,1,NULL);
INSERT INTO membership VALUES(1,2,2,NULL);
INSERT INTO membership VALUES(1,3,3,1794643200);
INSERT INTO membership VALUES(1,4,4,NULL);
INSERT INTO membership VALUES(1,5,5,NULL);
INSERT INTO membership VALUES(1,6,6,NULL);
INSERT INTO membership VALUES(1,7,7,NULL);
INSERT INTO membership VALUES(1,8,8,NULL);
INSERT INTO membership VALUES(1,9,9,NULL);
INSERT INTO membership VALUES(1,10,10,NULL);
INSERT INTO membership VALUES(1,11,11,NULL);
INSERT INTO membership VALUES(1,12,12,NULL);
INSERT INTO membership VALUES(2,1,1,NULL);
INSERT INTO membership VALUES(2,2,2,NULL);
INSERT INTO membership VALUES(2,3,3,1794643200);
INSERT INTO membership VALUES(2,4,4,NULL);
INSERT INTO membership VALUES(2,5,5,NULL);
INSERT INTO membership VALUES(2,6,6,NULL);
INSERT INTO membership VALUES(2,7,7,NULL);
INSERT INTO membership VALUES(2,8,8,NULL);
INSERT INTO membership VALUES(2,9,9,NULL);
INSERT INTO membership VALUES(2,10,10,NULL);
INSERT INTO membership VALUES(2,11,11,NULL);
INSERT INTO membership VALUES(2,12,12,NULL);
CREATE TABLE document (
  path TEXT PRIMARY KEY,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  fingerprint TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO document VALUES('amerique-latine/atom.xml',X'24dd76c7ddf249ee9c9d35285df6938ffe2523f20655055ff26bd49a03de48f4',4742,27,'653950995b3238574a23b511d01f21a09400bfecd7947a2a9315f7bf1cf61e43');
INSERT INTO document VALUES('atom.xml',X'afe8c1694ee285f4ab96356ba5188f80ea7892878edc21d24a9d495228464258',4567,27,'653950995b3238574a23b511d01f21a09400bfecd7947a2a9315f7bf1cf61e43');
INSERT INTO document VALUES('bielorussie/atom.xml',X'7c5c8692afa7d8a8f0093acea46a98616ee8fbc44069294cfe48b8641b147d67',643,26,'653950995b3238574a23b511d01f21a09400bfecd7947a2a9315f7bf1cf61e43');
CREATE TABLE subscriber (
  -- Never reused: Message-IDs and tokens are made from it.
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL,
  -- The address as compared: case of ASCII letters folded.
  identity TEXT NOT NULL UNIQUE,
  name TEXT,
  language TEXT NOT NULL,
  cadence TEXT NOT NULL,
  -- All releases up to this one are settled.
  covered INTEGER NOT NULL DEFAULT 0,
  -- The same for what was only written to the outbox.
  previewed INTEGER NOT NULL DEFAULT 0,
  pausedUntil INTEGER,
  created INTEGER NOT NULL
) STRICT;
CREATE TABLE subscription (
  subscriber INTEGER NOT NULL REFERENCES subscriber ON DELETE CASCADE,
  topic INTEGER NOT NULL REFERENCES topic,
  -- The release at which it was chosen: older ones are not owed.
  since INTEGER NOT NULL,
  chosen INTEGER NOT NULL,
  PRIMARY KEY (subscriber, topic)
) STRICT, WITHOUT ROWID;
CREATE TABLE consent (
  key INTEGER PRIMARY KEY,
  subscriber INTEGER REFERENCES subscriber ON DELETE SET NULL,
  addressHash BLOB NOT NULL,
  source TEXT NOT NULL,
  requested INTEGER,
  given INTEGER NOT NULL,
  -- Which text was shown, and its SHA-256.
  shownVersion TEXT,
  shownHash BLOB,
  ip TEXT
) STRICT;
CREATE TABLE confirmation (
  tokenHash BLOB PRIMARY KEY,
  addressHash BLOB NOT NULL,
  address TEXT NOT NULL,
  choices TEXT NOT NULL,
  requested INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE suppression (
  addressHash BLOB PRIMARY KEY,
  reason TEXT NOT NULL,
  evidence TEXT,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE issue (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL,
  -- The slot's date: with the digest, the issue's name.
  date TEXT NOT NULL,
  -- From 1; a replanned issue has the next.
  plan INTEGER NOT NULL DEFAULT 1,
  state TEXT NOT NULL,
  slot INTEGER NOT NULL,
  -- It is about the releases in (after, through].
  after INTEGER NOT NULL,
  through INTEGER NOT NULL,
  planned INTEGER NOT NULL,
  -- The fingerprint of the templates it was rendered with.
  templates TEXT NOT NULL,
  -- digests/next.md as it was used.
  editorial TEXT,
  holdReason TEXT,
  UNIQUE (digest, date, plan)
) STRICT;
CREATE TABLE issueArticle (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  article INTEGER NOT NULL REFERENCES article,
  revision INTEGER NOT NULL,
  PRIMARY KEY (issue, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE fragment (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,
  -- NULL for what shows no article; a withdrawn one is left out of messages not yet claimed.
  article INTEGER REFERENCES article,
  bytes BLOB NOT NULL,
  PRIMARY KEY (issue, number)
) STRICT;
CREATE TABLE editionGroup (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- Fragment numbers, separated by spaces.
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  PRIMARY KEY (issue, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE groupArticle (
  issue INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
  number INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article,
  PRIMARY KEY (issue, number, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  -- digest, confirmation, review, report.
  kind TEXT NOT NULL,
  -- NULL for a message without an issue, which has its own content in `message`.
  issue INTEGER REFERENCES issue,
  groupNumber INTEGER,
  subscriber INTEGER REFERENCES subscriber ON DELETE SET NULL,
  message BLOB,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- The tries of which nobody knows what the relay made.
  uncertainTries INTEGER NOT NULL DEFAULT 0,
  notBefore INTEGER,
  -- The run that claimed it.
  run TEXT,
  -- The Date header, from the first claim on.
  date INTEGER,
  -- What the relay said last, and which relay.
  reply TEXT,
  relay TEXT,
  settled INTEGER,
  UNIQUE (issue, subscriber)
) STRICT;
CREATE TABLE relay (
  name TEXT PRIMARY KEY,
  failures INTEGER NOT NULL DEFAULT 0,
  openUntil INTEGER,
  hour INTEGER,
  hourCount INTEGER NOT NULL DEFAULT 0,
  day INTEGER,
  dayCount INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE notice (
  subject TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  first INTEGER NOT NULL,
  said INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
DELETE FROM sqlite_sequence;
CREATE UNIQUE INDEX articleBySource ON article (source, sourceKey);
CREATE INDEX articleByRevision ON article (revision);
CREATE UNIQUE INDEX articleByRelease ON article (release) WHERE release IS NOT NULL;
CREATE INDEX articleScheduled ON article (published)
  WHERE isVisible = 0 AND standing = 'published';
CREATE INDEX articleByWords ON article (wordsHash);
CREATE INDEX articleByDate ON article (published);
CREATE INDEX articleByDerivation ON article (source, derivation);
CREATE INDEX articleTopicByTopic ON articleTopic (topic);
CREATE UNIQUE INDEX membershipLive ON membership (article, feed) WHERE leftAt IS NULL;
CREATE INDEX membershipLeft ON membership (article, leftAt) WHERE leftAt IS NOT NULL;
CREATE INDEX subscriberByCadence ON subscriber (cadence);
CREATE INDEX subscriptionByTopic ON subscription (topic);
CREATE INDEX consentByAddress ON consent (addressHash);
CREATE INDEX consentBySubscriber ON consent (subscriber);
CREATE INDEX groupArticleByArticle ON groupArticle (article);
CREATE INDEX deliveryWaiting ON delivery (notBefore) WHERE state = 'pending';
CREATE INDEX deliveryUncertain ON delivery (notBefore) WHERE state = 'uncertain';
CREATE INDEX deliveryClaimed ON delivery (run) WHERE state = 'claimed';
CREATE INDEX deliveryOfSubscriber ON delivery (subscriber, state);
COMMIT;
PRAGMA application_id = 1718052206;
PRAGMA user_version = 1;
