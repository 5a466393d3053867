// xxHash: fast checksums.
//
// The functions are compiled into their callers: no library has to be loaded when feedgen starts.
// xxhash.h then gives them other names by macros, which Swift does not see; hence these.
#pragma once
#define XXH_INLINE_ALL
#include <xxhash.h>

typedef struct feedgen_checksum feedgen_checksum;

static inline feedgen_checksum *feedgen_checksum_new(void) {
  XXH3_state_t *state = XXH3_createState();
  if (state) XXH3_128bits_reset(state);
  return (feedgen_checksum *)state;
}

static inline void feedgen_checksum_free(feedgen_checksum *sum) {
  XXH3_freeState((XXH3_state_t *)sum);
}

static inline void feedgen_checksum_add(feedgen_checksum *sum, const void *bytes, size_t count) {
  XXH3_128bits_update((XXH3_state_t *)sum, bytes, count);
}

static inline void feedgen_checksum_get(const feedgen_checksum *sum, unsigned char bytes[16]) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest((const XXH3_state_t *)sum));
  memcpy(bytes, canonical.digest, 16);
}
