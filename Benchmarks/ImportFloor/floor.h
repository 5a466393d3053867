/* What the two readers of the floor share: a growing text, and the store they fill. */

#include <stddef.h>

typedef struct {
  char *bytes;
  size_t length, capacity;
} Text;

void fail(const char *what);
void append(Text *text, const char *bytes, size_t count);

/* The text with its zero at the end. */
const char *words(Text *text);

enum { MOST_TOPICS = 32 };

typedef struct {
  Text id, title, summary, author, content, published, updated;
  Text topics[MOST_TOPICS];
  int topic_count;
} Article;

/* Empties the article and keeps what its texts have reserved. */
void clear(Article *article);
Text *next_topic(Article *article);

/* Inserts, with a commit after every 250th article. */
void open_store(const char *path);
void insert(Article *article);
long close_store(void);

void read_export(const char *path);
void read_folder(const char *path);
