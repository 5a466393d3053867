#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "floor.h"

enum { BATCH = 250, MOST_NAMES = 4096 };

static const char *const schema =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE article (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
    " summary TEXT NOT NULL, author TEXT NOT NULL, published INTEGER NOT NULL,"
    " updated INTEGER NOT NULL) STRICT;"
    "CREATE TABLE text (article INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;"
    "CREATE TABLE topic (key INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE articleTopic (article INTEGER NOT NULL, topic INTEGER NOT NULL,"
    " PRIMARY KEY (article, topic)) STRICT, WITHOUT ROWID;";

static sqlite3 *database;
static sqlite3_stmt *article_row, *text_row, *topic_row, *membership_row;
static char *topics[MOST_NAMES];
static int topic_count;
static long count;

void fail(const char *what) {
  perror(what);
  exit(1);
}

void append(Text *text, const char *bytes, size_t count) {
  if (text->length + count + 1 > text->capacity) {
    text->capacity = (text->length + count + 1) * 2;
    text->bytes = realloc(text->bytes, text->capacity);
  }
  memcpy(text->bytes + text->length, bytes, count);
  text->length += count;
}

const char *words(Text *text) {
  append(text, "", 1);
  text->length--;
  return text->bytes;
}

void clear(Article *article) {
  Text *texts[] = {&article->id,      &article->title,     &article->summary, &article->author,
                   &article->content, &article->published, &article->updated};
  for (int index = 0; index < 7; index++) texts[index]->length = 0;
  article->topic_count = 0;
}

Text *next_topic(Article *article) {
  int place = article->topic_count < MOST_TOPICS ? article->topic_count++ : MOST_TOPICS - 1;
  article->topics[place].length = 0;
  return &article->topics[place];
}

static void check(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE) return;
  fprintf(stderr, "%s\n", sqlite3_errmsg(database));
  exit(1);
}

static void run(const char *sql) { check(sqlite3_exec(database, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v2(database, sql, -1, &statement, NULL));
  return statement;
}

static void step(sqlite3_stmt *statement) {
  check(sqlite3_step(statement));
  sqlite3_reset(statement);
}

static void bind(sqlite3_stmt *statement, int place, const Text *text) {
  check(sqlite3_bind_text(statement, place, text->bytes ? text->bytes : "", text->length,
                          SQLITE_STATIC));
}

/* Seconds of `2026-11-05 08:00:00` or `2026-11-05T08:00:00Z`, in UTC. */
static sqlite3_int64 seconds(Text *date) {
  struct tm t = {0};
  char between;
  if (sscanf(words(date), "%d-%d-%d%c%d:%d:%d", &t.tm_year, &t.tm_mon, &t.tm_mday, &between,
             &t.tm_hour, &t.tm_min, &t.tm_sec) < 3)
    return 0;
  t.tm_year -= 1900;
  t.tm_mon--;
  return timegm(&t);
}

static int topic_key(Text *title) {
  const char *name = words(title);
  for (int index = 0; index < topic_count; index++)
    if (!strcmp(topics[index], name)) return index + 1;
  if (topic_count == MOST_NAMES) {
    fprintf(stderr, "more than %d topics\n", MOST_NAMES);
    exit(1);
  }
  topics[topic_count++] = strdup(name);
  bind(topic_row, 1, title);
  step(topic_row);
  return topic_count;
}

void open_store(const char *path) {
  check(sqlite3_open(path, &database));
  run(schema);
  article_row = prepare("INSERT INTO article (id, title, summary, author, published, updated)"
                        " VALUES (?, ?, ?, ?, ?, ?)");
  text_row = prepare("INSERT INTO text (article, content) VALUES (?, ?)");
  topic_row = prepare("INSERT INTO topic (title) VALUES (?)");
  membership_row = prepare("INSERT OR IGNORE INTO articleTopic (article, topic) VALUES (?, ?)");
  run("BEGIN IMMEDIATE");
}

void insert(Article *article) {
  Text *columns[] = {&article->id, &article->title, &article->summary, &article->author};
  for (int index = 0; index < 4; index++) bind(article_row, index + 1, columns[index]);
  sqlite3_bind_int64(article_row, 5, seconds(&article->published));
  sqlite3_bind_int64(article_row, 6, seconds(&article->updated));
  step(article_row);
  sqlite3_int64 key = sqlite3_last_insert_rowid(database);
  sqlite3_bind_int64(text_row, 1, key);
  bind(text_row, 2, &article->content);
  step(text_row);
  for (int index = 0; index < article->topic_count; index++) {
    sqlite3_bind_int64(membership_row, 1, key);
    sqlite3_bind_int(membership_row, 2, topic_key(&article->topics[index]));
    step(membership_row);
  }
  if (++count % BATCH == 0) run("COMMIT; BEGIN IMMEDIATE");
}

long close_store(void) {
  run("COMMIT");
  sqlite3_stmt *all[] = {article_row, text_row, topic_row, membership_row};
  for (int index = 0; index < 4; index++) sqlite3_finalize(all[index]);
  check(sqlite3_close(database));
  return count;
}
