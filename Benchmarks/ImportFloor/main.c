/* The least that moving in costs: libxml2's reader over a WordPress export, or cmark-gfm over a
   folder of Markdown files, and plain tables in SQLite. Nothing is checked, sanitised or compared.

   import-floor wxr EXPORT DATABASE
   import-floor markdown FOLDER DATABASE

   The database is made anew. Prints posts, seconds, MB/s of what was read, and peak memory. */

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "floor.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double size_of(const char *path) {
  struct stat status;
  if (stat(path, &status)) fail(path);
  if (!S_ISDIR(status.st_mode)) return status.st_size;
  DIR *folder = opendir(path);
  double size = 0;
  struct dirent *entry;
  while ((entry = readdir(folder)))
    if (entry->d_name[0] != '.' && !fstatat(dirfd(folder), entry->d_name, &status, 0))
      size += status.st_size;
  closedir(folder);
  return size;
}

static void remove_database(const char *path) {
  static const char *const ends[] = {"", "-wal", "-shm"};
  char name[4096];
  for (int index = 0; index < 3; index++) {
    snprintf(name, sizeof name, "%s%s", path, ends[index]);
    remove(name);
  }
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  int is_folder = !strcmp(arguments[1], "markdown");
  if (!is_folder && strcmp(arguments[1], "wxr")) return 64;
  remove_database(arguments[3]);
  double start = now();
  open_store(arguments[3]);
  (is_folder ? read_folder : read_export)(arguments[2]);
  long posts = close_store();
  double seconds = now() - start;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("%ld posts, %.3f s, %.1f MB/s, %ld KiB\n", posts, seconds,
         size_of(arguments[2]) / seconds / 1e6, usage.ru_maxrss);
  return 0;
}
