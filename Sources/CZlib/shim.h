// zlib: gzip (RFC 1952).
#pragma once
#include <zlib.h>

// deflateInit2 is a macro, which Swift cannot import. 16 more window bits make the format gzip.
static inline int feedgen_begin_gzip(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
