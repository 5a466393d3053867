// libxml2: writing XML, reading it as a stream, and checking it against a RELAX NG schema.
#pragma once

// Debian's libxml2 includes ICU 72's headers, which clash with the ICU inside Foundation. Only
// private fields of xmlCharEncodingHandler depend on them, and nothing here reads those.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

/// xmlFree is a mutable global function pointer, which Swift 6 does not read.
static inline void feedgen_xml_free(void *pointer) { xmlFree(pointer); }
