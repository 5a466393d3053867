/* A WordPress export through libxml2's reader. Names are compared as pointers: the reader keeps
   each once. */

#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "floor.h"

enum { ITEM_DEPTH = 2, FIELD_DEPTH = 3, TEXT_DEPTH = 4, FIELDS = 10 };

static xmlTextReaderPtr reader;
static const xmlChar *item_name, *category_name;
static Article article;
static Text status, type, password;

static const xmlChar *known_prefixes[FIELDS], *known_names[FIELDS];
static const struct {
  const char *prefix, *name;
  Text *text;
} fields[FIELDS] = {
    {NULL, "guid", &article.id},
    {NULL, "title", &article.title},
    {"content", "encoded", &article.content},
    {"excerpt", "encoded", &article.summary},
    {"dc", "creator", &article.author},
    {"wp", "post_date_gmt", &article.published},
    {"wp", "post_modified_gmt", &article.updated},
    {"wp", "status", &status},
    {"wp", "post_type", &type},
    {"wp", "post_password", &password},
};

static Text *field_here(void) {
  const xmlChar *name = xmlTextReaderConstLocalName(reader);
  if (name == category_name) return next_topic(&article);
  for (int index = 0; index < FIELDS; index++)
    if (name == known_names[index] &&
        xmlTextReaderConstPrefix(reader) == known_prefixes[index])
      return fields[index].text;
  return NULL;
}

static void begin_item(void) {
  clear(&article);
  for (int index = 0; index < FIELDS; index++) fields[index].text->length = 0;
}

static void end_item(void) {
  if (strcmp(words(&type), "post") || strcmp(words(&status), "publish") || password.length) return;
  insert(&article);
}

static void take_node(Text **field) {
  int depth = xmlTextReaderDepth(reader), kind = xmlTextReaderNodeType(reader);
  if (depth == TEXT_DEPTH && *field) {
    if (kind != XML_READER_TYPE_CDATA && kind != XML_READER_TYPE_TEXT) return;
    const char *value = (const char *)xmlTextReaderConstValue(reader);
    append(*field, value, strlen(value));
  } else if (depth == FIELD_DEPTH && kind == XML_READER_TYPE_ELEMENT) {
    *field = field_here();
  } else if (depth == ITEM_DEPTH && xmlTextReaderConstLocalName(reader) == item_name) {
    *field = NULL;
    if (kind == XML_READER_TYPE_ELEMENT) begin_item();
    if (kind == XML_READER_TYPE_END_ELEMENT) end_item();
  }
}

static const xmlChar *interned(const char *name) {
  return name ? xmlTextReaderConstString(reader, BAD_CAST name) : NULL;
}

void read_export(const char *path) {
  reader = xmlReaderForFile(path, NULL, XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_BIG_LINES);
  if (!reader) fail(path);
  item_name = interned("item");
  category_name = interned("category");
  for (int index = 0; index < FIELDS; index++) {
    known_names[index] = interned(fields[index].name);
    known_prefixes[index] = interned(fields[index].prefix);
  }
  Text *field = NULL;
  int more;
  while ((more = xmlTextReaderRead(reader)) == 1) take_node(&field);
  if (more < 0) exit(1);
  xmlFreeTextReader(reader);
}
