/* A folder of Markdown files with front matter of one line a key. */

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "floor.h"

static const char *const extensions[] = {"table", "strikethrough", "autolink"};
static const int options = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8;

static void read_file(int folder, const char *name, Text *text) {
  int file = openat(folder, name, O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status)) fail(name);
  text->length = 0;
  if (text->capacity <= (size_t)status.st_size) {
    text->capacity = status.st_size * 2 + 1;
    text->bytes = realloc(text->bytes, text->capacity);
  }
  ssize_t count = read(file, text->bytes, status.st_size);
  if (count != status.st_size) fail(name);
  text->length = count;
  close(file);
}

/* `[Amérique latine, Biélorussie]` */
static void take_topics(Article *article, const char *list, const char *end) {
  const char *start = list + 1;
  for (const char *place = start; place < end; place++) {
    if (*place != ',' && *place != ']') continue;
    append(next_topic(article), start, place - start);
    start = place + 2;
  }
}

static void take_line(Article *article, const char *line, const char *end) {
  static const char *const keys[] = {"id: ", "title: ", "summary: ", "authors: ", "date: ", "updated: "};
  Text *const texts[] = {&article->id,     &article->title,     &article->summary,
                         &article->author, &article->published, &article->updated};
  for (int index = 0; index < 6; index++) {
    size_t length = strlen(keys[index]);
    if (!strncmp(line, keys[index], length))
      append(texts[index], line + length, end - line - length);
  }
  if (!strncmp(line, "topics: ", 8)) take_topics(article, line + 8, end);
}

/* Takes the front matter; where the text begins. */
static const char *take_front_matter(Article *article, const char *text) {
  const char *line = strchr(text, '\n') + 1;
  while (strncmp(line, "---\n", 4)) {
    const char *end = strchr(line, '\n');
    take_line(article, line, end);
    line = end + 1;
  }
  return line + 4;
}

static void render(Text *content, const char *text, size_t count) {
  cmark_parser *parser = cmark_parser_new(options);
  for (int index = 0; index < 3; index++)
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[index]));
  cmark_parser_feed(parser, text, count);
  cmark_node *document = cmark_parser_finish(parser);
  char *html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser));
  append(content, html, strlen(html));
  free(html);
  cmark_node_free(document);
  cmark_parser_free(parser);
}

static void take_file(int folder, const char *name, Article *article, Text *file) {
  clear(article);
  read_file(folder, name, file);
  const char *start = words(file), *text = take_front_matter(article, start);
  render(&article->content, text, file->length - (text - start));
  insert(article);
}

void read_folder(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) fail(path);
  cmark_gfm_core_extensions_ensure_registered();
  Article article = {0};
  Text file = {0};
  struct dirent *entry;
  while ((entry = readdir(folder)))
    if (entry->d_name[0] != '.') take_file(dirfd(folder), entry->d_name, &article, &file);
  closedir(folder);
}
