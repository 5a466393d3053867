/* The floor of putting a message together: to copy its pieces, already at hand, into a buffer that
   is used again and again. */
#include "splice.h"

#include <string.h>

size_t splice(void *buffer, const struct slice *slices, size_t count) {
  char *end = buffer;
  for (size_t i = 0; i < count; i++) {
    memcpy(end, slices[i].start, slices[i].length);
    end += slices[i].length;
  }
  return end - (char *)buffer;
}
