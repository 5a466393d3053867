#include <stddef.h>

struct slice {
  const void *start;
  size_t length;
};

/* Copies slices one after the other; gives how many bytes they are. */
size_t splice(void *buffer, const struct slice *slices, size_t count);
