/* Makes a program fail at its n-th call to the system: loaded before libc with LD_PRELOAD.

   FAULT_CALLS   the calls that count, with commas: write pwrite fsync fdatasync send sendto sendmsg
                 rename create (open with O_CREAT); without it all of them
   FAULT_AT      the number of the call that fails, from 1; 0 for none
   FAULT_KIND    kill (before the call), killed (after it), ENOSPC or EIO
   FAULT_LASTS   set: every later call fails too
   FAULT_COUNT   a file for the number of calls, written at the end of a program that ends by itself

   Of writes only those to files and sockets count: what the program says is let through. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *calls, *count_path;
static long at;
static bool lasts, kills_before, kills_after;
static int error_number;
static atomic_long count;

__attribute__((constructor)) static void begin(void) {
  const char *kind = getenv("FAULT_KIND"), *number = getenv("FAULT_AT");
  calls = getenv("FAULT_CALLS");
  count_path = getenv("FAULT_COUNT");
  lasts = getenv("FAULT_LASTS") != NULL;
  at = number ? atol(number) : 0;
  if (!kind) return;
  kills_before = !strcmp(kind, "kill");
  kills_after = !strcmp(kind, "killed");
  error_number = !strcmp(kind, "ENOSPC") ? ENOSPC : !strcmp(kind, "EIO") ? EIO : 0;
}

__attribute__((destructor)) static void end(void) {
  char text[32];
  if (!count_path) return;
  int file = syscall(SYS_openat, AT_FDCWD, count_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  syscall(SYS_write, file, text, snprintf(text, sizeof text, "%ld\n", atomic_load(&count)));
  syscall(SYS_close, file);
}

static bool is_counted(const char *name) {
  if (!calls) return true;
  size_t length = strlen(name);
  for (const char *place = calls; (place = strstr(place, name)); place += length)
    if ((place == calls || place[-1] == ',') && (place[length] == ',' || !place[length]))
      return true;
  return false;
}

static bool is_file_or_socket(int file) {
  struct stat facts;
  return file > 2 && fstat(file, &facts) == 0
         && (S_ISREG(facts.st_mode) || S_ISSOCK(facts.st_mode) || S_ISDIR(facts.st_mode));
}

/* Counts a call. Returns whether it is the one, or one after it where the fault lasts. */
static bool is_due(const char *name) {
  if (!is_counted(name)) return false;
  long number = atomic_fetch_add(&count, 1) + 1;
  bool due = number == at || (lasts && at && number > at);
  if (due && kills_before) kill(getpid(), SIGKILL);
  return due;
}

#define WRAP(due, type, call)                     \
  do {                                            \
    bool is_it = (due);                           \
    if (is_it && error_number) {                  \
      errno = error_number;                       \
      return -1;                                  \
    }                                             \
    type result = (call);                         \
    if (is_it && kills_after) kill(getpid(), SIGKILL); \
    return result;                                \
  } while (0)

/* The function of that name behind this one. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t size) {
  WRAP(is_file_or_socket(file) && is_due("write"), ssize_t, syscall(SYS_write, file, bytes, size));
}
ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t place) {
  WRAP(is_due("pwrite"), ssize_t, syscall(SYS_pwrite64, file, bytes, size, place));
}
ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
  return pwrite64(file, bytes, size, place);
}
int fsync(int file) { WRAP(is_due("fsync"), int, syscall(SYS_fsync, file)); }
int fdatasync(int file) { WRAP(is_due("fdatasync"), int, syscall(SYS_fdatasync, file)); }
int syncfs(int file) { WRAP(is_due("fsync"), int, syscall(SYS_syncfs, file)); }

ssize_t send(int file, const void *bytes, size_t size, int flags) {
  WRAP(is_due("send"), ssize_t, NEXT(send)(file, bytes, size, flags));
}
ssize_t sendto(int file, const void *bytes, size_t size, int flags, const struct sockaddr *to,
               socklen_t length) {
  WRAP(is_due("sendto"), ssize_t, NEXT(sendto)(file, bytes, size, flags, to, length));
}
ssize_t sendmsg(int file, const struct msghdr *message, int flags) {
  WRAP(is_due("sendmsg"), ssize_t, NEXT(sendmsg)(file, message, flags));
}
int rename(const char *from, const char *to) {
  WRAP(is_due("rename"), int, NEXT(rename)(from, to));
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  WRAP(is_due("rename"), int, NEXT(renameat)(from_folder, from, to_folder, to));
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  WRAP(is_due("rename"), int, NEXT(renameat2)(from_folder, from, to_folder, to, flags));
}

static int open_counted(int folder, const char *path, int flags, mode_t mode) {
  WRAP((flags & O_CREAT) && is_due("create"), int, syscall(SYS_openat, folder, path, flags, mode));
}

static mode_t mode_of(int flags, va_list arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPEN(name, parameters, last, folder)            \
  int name parameters {                                 \
    va_list arguments;                                  \
    va_start(arguments, last);                          \
    mode_t mode = mode_of(last, arguments);             \
    va_end(arguments);                                  \
    return open_counted(folder, path, last, mode);      \
  }

OPEN(open, (const char *path, int flags, ...), flags, AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), flags, AT_FDCWD)
OPEN(openat, (int folder, const char *path, int flags, ...), flags, folder)
OPEN(openat64, (int folder, const char *path, int flags, ...), flags, folder)
