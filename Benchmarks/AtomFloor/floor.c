// The floor under `feedgen publish`: the same Atom documents from the same SQLite file, with
// nothing in between. No libxml2, no checks, no manifest, no rename; one pass over the articles,
// each entry rendered once and copied to every document that lists it.
//
// Usage: atom-floor DATABASE OUTPUT
//
// It knows the benchmark's site by heart. What it writes is compared with what feedgen wrote.

#include <emmintrin.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BASE "https://bench.example.org/feeds/"
#define BUFFER 65536
#define LANGUAGE "fr"

typedef struct {
  char *bytes;
  size_t length, capacity;
} Text;

typedef struct {
  int key, first_shown, oldest, last_block;
  char folder[64], title[128], name[64];
  sqlite3_int64 updated;
} Feed;

typedef struct {
  int feed, number;  // number: INT_MAX for the subscription document
  int left, file;
  sqlite3_int64 updated;
  Text buffer;
} Document;

static const char *output;
static Feed feeds[64];
static int feed_count, block_size;
static Document *documents;
static int document_count;
static Document **places[64];  // by feed, then by block

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void reserve(Text *text, size_t more) {
  if (text->length + more <= text->capacity) return;
  text->capacity = (text->length + more) * 2;
  text->bytes = realloc(text->bytes, text->capacity);
}

static void add_bytes(Text *text, const char *bytes, size_t count) {
  reserve(text, count);
  memcpy(text->bytes + text->length, bytes, count);
  text->length += count;
}

static void add(Text *text, const char *words) { add_bytes(text, words, strlen(words)); }

// Sixteen bytes at a time, copied as they are where none is special.
static void add_escaped(Text *text, const char *bytes, size_t count) {
  reserve(text, count * 6 + 16);
  char *out = text->bytes + text->length;
  const __m128i amp = _mm_set1_epi8('&'), less = _mm_set1_epi8('<'), more = _mm_set1_epi8('>');
  size_t i = 0;
  while (i < count) {
    if (i + 16 <= count) {
      __m128i block = _mm_loadu_si128((const __m128i *)(bytes + i));
      __m128i found = _mm_or_si128(
          _mm_or_si128(_mm_cmpeq_epi8(block, amp), _mm_cmpeq_epi8(block, less)),
          _mm_cmpeq_epi8(block, more));
      int mask = _mm_movemask_epi8(found);
      _mm_storeu_si128((__m128i *)out, block);
      int plain = mask ? __builtin_ctz(mask) : 16;
      out += plain;
      i += plain;
      if (!mask) continue;
    }
    char c = bytes[i++];
    if (c == '&') {
      memcpy(out, "&amp;", 5);
      out += 5;
    } else if (c == '<') {
      memcpy(out, "&lt;", 4);
      out += 4;
    } else if (c == '>') {
      memcpy(out, "&gt;", 4);
      out += 4;
    } else {
      *out++ = c;
    }
  }
  text->length = out - text->bytes;
}

static void add_date(Text *text, sqlite3_int64 seconds) {
  time_t time = seconds;
  struct tm t;
  char date[32];
  gmtime_r(&time, &t);
  int length = snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900,
                        t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
  add_bytes(text, date, length);
}

static int block_of(sqlite3_int64 position) {
  return position > 0 ? (position - 1) / block_size : (position - block_size) / block_size;
}

static void add_path(Text *text, const Feed *feed, int number) {
  char name[160];
  if (number >= feed->first_shown)
    snprintf(name, sizeof name, "%satom.xml", feed->folder);
  else if (number >= 0)
    snprintf(name, sizeof name, "%sarchive/%d.atom.xml", feed->folder, number + 1);
  else
    snprintf(name, sizeof name, "%sarchive/before-%d.atom.xml", feed->folder, -number);
  add(text, name);
}

static void add_link(Text *text, const char *rel, const Feed *feed, int number) {
  add(text, "  <link rel=\"");
  add(text, rel);
  add(text, "\" type=\"application/atom+xml\" href=\"" BASE);
  add_path(text, feed, number);
  add(text, "\"/>\n");
}

static void add_category(Text *text, const Feed *feed, const char *indent) {
  add(text, indent);
  add(text, "<category term=\"");
  add(text, feed->title);
  add(text, "\" scheme=\"" BASE);
  add(text, feed->folder);
  add(text, "\" label=\"");
  add(text, feed->title);
  add(text, "\"/>\n");
}

static void add_opening(Text *text, const Document *document) {
  const Feed *feed = &feeds[document->feed];
  int number = document->number, is_topic = feed->folder[0] != 0;
  int is_archive = number < feed->first_shown;
  int is_complete = !is_archive && feed->first_shown - 1 < feed->oldest;
  add(text, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"");
  if (is_archive || is_complete)
    add(text, " xmlns:fh=\"http://purl.org/syndication/history/1.0\"");
  add(text, " xml:lang=\"" LANGUAGE "\">\n  <id>tag:bench.example.org,2026:feeds");
  if (is_topic) add(text, "/"), add(text, feed->name);
  add(text, "</id>\n  <title>");
  if (is_topic) add(text, feed->title), add(text, " – ");
  add(text, "Banc d’essai</title>\n");
  if (is_topic) add(text, "  <subtitle>Essai</subtitle>\n");
  add(text, "  <updated>");
  add_date(text, document->updated);
  add(text, "</updated>\n  <link rel=\"alternate\" type=\"text/html\" hreflang=\"" LANGUAGE "\" href=\"");
  if (is_topic) add(text, BASE), add(text, feed->folder);
  else add(text, "https://bench.example.org/");
  add(text, "\"/>\n");
  add_link(text, "self", feed, number);
  if (is_archive) add_link(text, "current", feed, feed->first_shown);
  int older = is_archive ? number - 1 : feed->first_shown - 1;
  if (older >= feed->oldest) add_link(text, "prev-archive", feed, older);
  if (number + 1 < feed->first_shown) add_link(text, "next-archive", feed, number + 1);
  add(text, "  <author>\n    <name>La rédaction</name>\n    <email>redaction@example.org</email>\n"
            "  </author>\n  <generator>feedgen</generator>\n");
  if (is_topic) add_category(text, feed, "  ");
  if (is_archive) add(text, "  <fh:archive/>\n");
  if (is_complete) add(text, "  <fh:complete/>\n");
}

static void flush(Document *document) {
  if (write(document->file, document->buffer.bytes, document->buffer.length) !=
      (ssize_t)document->buffer.length)
    fail("write");
  document->buffer.length = 0;
}

static void begin(Document *document) {
  Text path = {0};
  add(&path, output);
  add(&path, "/");
  add_path(&path, &feeds[document->feed], document->number);
  add_bytes(&path, "", 1);
  document->file = open(path.bytes, O_WRONLY | O_CREAT | O_EXCL, 0644);
  if (document->file < 0) fail(path.bytes);
  free(path.bytes);
  document->buffer.bytes = malloc(BUFFER);
  document->buffer.capacity = BUFFER;
  add_opening(&document->buffer, document);
}

static void append(Document *document, const char *bytes, size_t count) {
  if (document->file < 0) begin(document);
  if (document->buffer.length + count > BUFFER) flush(document);
  add_bytes(&document->buffer, bytes, count);
}

static void end(Document *document) {
  append(document, "</feed>\n", 8);
  flush(document);
  close(document->file);
  free(document->buffer.bytes);
  document->buffer.bytes = NULL;
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) {
    fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    exit(1);
  }
  return statement;
}

static const char *column(sqlite3_stmt *statement, int index) {
  return (const char *)sqlite3_column_text(statement, index);
}

static void make_folders(const Feed *feed) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", output, feed->folder);
  mkdir(path, 0755);
  snprintf(path, sizeof path, "%s/%sarchive", output, feed->folder);
  if (feed->first_shown > feed->oldest) mkdir(path, 0755);
}

static void read_feeds(sqlite3 *database) {
  sqlite3_stmt *rows = prepare(
      database, "SELECT feed.key, coalesce(slug, ''), coalesce(title, ''), name,"
                " coalesce(updated, created), blockSize, firstPosition, lastPosition"
                " FROM feed JOIN state LEFT JOIN topic ON topic.key = feed.topic ORDER BY ordinal");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    Feed *feed = &feeds[feed_count++];
    const char *slug = column(rows, 1);
    feed->key = sqlite3_column_int(rows, 0);
    snprintf(feed->folder, sizeof feed->folder, "%s%s", slug, *slug ? "/" : "");
    snprintf(feed->title, sizeof feed->title, "%s", column(rows, 2));
    snprintf(feed->name, sizeof feed->name, "%s", column(rows, 3));
    feed->updated = sqlite3_column_int64(rows, 4);
    block_size = sqlite3_column_int(rows, 5);
    sqlite3_int64 first = sqlite3_column_int64(rows, 6), last = sqlite3_column_int64(rows, 7);
    feed->first_shown = last / block_size > 0 ? last / block_size - 1 : 0;
    feed->oldest = first <= 0 ? block_of(first) : 0;
    feed->last_block = block_of(last > 0 ? last : 1);
    make_folders(feed);
  }
  sqlite3_finalize(rows);
}

static int feed_place(int key) {
  for (int i = 0; i < feed_count; i++)
    if (feeds[i].key == key) return i;
  abort();
}

static void read_documents(sqlite3 *database) {
  documents = calloc(100000, sizeof *documents);
  for (int i = 0; i < feed_count; i++) {
    documents[i] = (Document){.feed = i, .number = feeds[i].first_shown, .file = -1};
    documents[i].updated = feeds[i].updated;
    places[i] = calloc(feeds[i].last_block + 3, sizeof **places);
  }
  document_count = feed_count;
  sqlite3_stmt *rows = prepare(database, "SELECT feed, number, updated, entries FROM block");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    int feed = feed_place(sqlite3_column_int(rows, 0)), number = sqlite3_column_int(rows, 1);
    Document *document = &documents[feed];
    if (number < feeds[feed].first_shown) {
      document = &documents[document_count++];
      *document = (Document){.feed = feed, .number = number, .file = -1};
      document->updated = sqlite3_column_int64(rows, 2);
    }
    document->left += sqlite3_column_int(rows, 3);
    places[feed][number] = document;
  }
  sqlite3_finalize(rows);
}

static void add_entry(Text *text, sqlite3_stmt *row, sqlite3_stmt *topics, sqlite3_stmt *authors) {
  add(text, "  <entry>\n    <id>");
  add(text, column(row, 1));
  add(text, "</id>\n    <title>");
  add_escaped(text, column(row, 2), sqlite3_column_bytes(row, 2));
  add(text, "</title>\n    <updated>");
  add_date(text, sqlite3_column_int64(row, 6));
  add(text, "</updated>\n    <published>");
  add_date(text, sqlite3_column_int64(row, 5));
  add(text, "</published>\n    <link rel=\"alternate\" type=\"text/html\" hreflang=\"" LANGUAGE "\" href=\"");
  add(text, column(row, 4));
  add(text, "\"/>\n");
  while (sqlite3_step(authors) == SQLITE_ROW) {
    add(text, "    <author>\n      <name>");
    add_escaped(text, column(authors, 0), sqlite3_column_bytes(authors, 0));
    add(text, "</name>\n    </author>\n");
  }
  while (sqlite3_step(topics) == SQLITE_ROW)
    add_category(text, &feeds[feed_place(sqlite3_column_int(topics, 0))], "    ");
  add(text, "    <summary>");
  add_escaped(text, column(row, 3), sqlite3_column_bytes(row, 3));
  add(text, "</summary>\n    <content type=\"html\" xml:base=\"");
  add(text, column(row, 4));
  add(text, "\">");
  add_escaped(text, column(row, 7), sqlite3_column_bytes(row, 7));
  add(text, "</content>\n  </entry>\n");
}

static void write_documents(sqlite3 *database) {
  Text entry = {0};
  sqlite3_stmt *rows = prepare(
      database, "SELECT key, id, title, summary, url, published, updated, content"
                " FROM article INDEXED BY articleByDate JOIN articleText ON article = key"
                " WHERE isVisible ORDER BY published DESC, id DESC");
  sqlite3_stmt *members = prepare(
      database, "SELECT feed, position FROM membership WHERE article = ? AND leftAt IS NULL");
  sqlite3_stmt *topics = prepare(
      database, "SELECT feed.key FROM articleTopic JOIN topic ON topic.key = articleTopic.topic"
                " JOIN feed ON feed.topic = topic.key WHERE article = ? ORDER BY topic.ordinal");
  sqlite3_stmt *authors =
      prepare(database, "SELECT name FROM articleAuthor WHERE article = ? ORDER BY ordinal");
  while (sqlite3_step(rows) == SQLITE_ROW) {
    sqlite3_stmt *all[] = {members, topics, authors};
    for (int i = 0; i < 3; i++) {
      sqlite3_reset(all[i]);
      sqlite3_bind_int64(all[i], 1, sqlite3_column_int64(rows, 0));
    }
    entry.length = 0;
    add_entry(&entry, rows, topics, authors);
    while (sqlite3_step(members) == SQLITE_ROW) {
      int feed = feed_place(sqlite3_column_int(members, 0));
      Document *document = places[feed][block_of(sqlite3_column_int64(members, 1))];
      append(document, entry.bytes, entry.length);
      if (--document->left == 0) end(document);
    }
  }
}

int main(int count, char **arguments) {
  sqlite3 *database;
  if (count != 3) return 64;
  output = arguments[2];
  mkdir(output, 0755);
  if (sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) return 66;
  read_feeds(database);
  read_documents(database);
  write_documents(database);
  return 0;
}
