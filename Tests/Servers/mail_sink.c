/* A mail server for tests and benchmarks: it keeps a record of what it takes, and fails as told.

   It prints its port, and when its standard input ends, what it has seen; it ends then.

   mail_sink [--record FILE]         a line per message: Message-ID, recipient, hash of the content
             [--delay MS]            before each reply; replies to one packet wait together
             [--no-pipelining]
             [--refuse ADDRESS REPLY]
             [--seed N]
             [--fault STAGE WHEN ACTION]...

   STAGE is connect, ehlo, mail, rcpt, data, body, dot or quit. WHEN is a share of all (0.02), or #3
   for the third only. ACTION is a reply ("451 4.7.1 later"), or drop, half (a reply cut in two),
   nonsense, endless (a line), silent, late=MS. After the dot, a message is taken where the reply
   is 250, and in front of another action "keep:" makes the server take it too (RFC 1047). */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 4096, MOST_FAULTS = 32, MOST_REFUSALS = 64, LINE = 2048, OUTPUT = 4096 };

struct fault {
  const char *stage, *action;
  double share;
  long only, seen;
};

struct connection {
  unsigned generation;
  bool open, in_message, closing, has_sender, is_mute;
  char line[LINE];
  size_t line_length;
  char recipient[512];
  char tail[4]; /* the last bytes of the message so far */
  size_t tail_length;
  char *message; /* only where a record is kept */
  size_t message_length, message_room;
  char output[OUTPUT];
  size_t output_length;
  long late;
  int64_t last_due;
};

/* A reply that waits for its time. */
struct waiting {
  struct waiting *next;
  int64_t due;
  int socket;
  unsigned generation;
  bool closing;
  size_t length;
  char text[];
};

static struct connection *connections[MOST_CONNECTIONS];
static struct fault faults[MOST_FAULTS];
static const char *refusals[MOST_REFUSALS][2];
static int fault_count, refusal_count, record = -1, events_of;
static long delay, message_count, connection_count, open_count, most_open;
static bool pipelining = true;
static struct waiting *first, *last;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static const char *action_at(const char *stage) {
  const char *action = NULL;
  for (struct fault *fault = faults; fault < faults + fault_count; fault++) {
    if (strcmp(fault->stage, stage) != 0) continue;
    fault->seen++;
    bool due = fault->only ? fault->seen == fault->only : drand48() < fault->share;
    if (due && !action) action = fault->action;
  }
  return action;
}

static void shut(int socket) {
  struct connection *connection = connections[socket];
  if (!connection->open) return;
  connection->open = false;
  connection->generation++;
  free(connection->message);
  connection->message = NULL;
  connection->message_room = 0;
  open_count--;
  close(socket);
}

static void transmit(int socket, const char *text, size_t length, bool closing) {
  if (length) send(socket, text, length, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (closing) shut(socket);
}

/* Says what has come together, now or when its time comes. */
static void flush(int socket) {
  struct connection *connection = connections[socket];
  if (!connection->open || (!connection->output_length && !connection->closing)) return;
  long wait = delay + connection->late;
  if (!wait && connection->last_due <= now()) {
    transmit(socket, connection->output, connection->output_length, connection->closing);
  } else {
    struct waiting *entry = malloc(sizeof *entry + connection->output_length);
    int64_t due = now() + wait * 1000000LL;
    if (due < connection->last_due) due = connection->last_due;
    *entry = (struct waiting){NULL, due, socket, connection->generation, connection->closing,
                              connection->output_length};
    memcpy(entry->text, connection->output, connection->output_length);
    connection->last_due = due;
    if (!last || last->due <= due) {
      if (last) last->next = entry; else first = entry;
      last = entry;
    } else {
      struct waiting **place = &first;
      while ((*place)->due <= due) place = &(*place)->next;
      entry->next = *place;
      *place = entry;
    }
  }
  connection->output_length = 0;
  connection->late = 0;
}

static void send_due(void) {
  while (first && first->due <= now()) {
    struct waiting *entry = first;
    first = entry->next;
    if (!first) last = NULL;
    struct connection *connection = connections[entry->socket];
    if (connection->open && connection->generation == entry->generation)
      transmit(entry->socket, entry->text, entry->length, entry->closing);
    free(entry);
  }
}

static void say(int socket, const char *reply) {
  struct connection *connection = connections[socket];
  size_t length = strlen(reply);
  if (connection->closing || connection->is_mute) return;
  if (connection->output_length + length + 2 > OUTPUT) return;
  memcpy(connection->output + connection->output_length, reply, length);
  memcpy(connection->output + connection->output_length + length, "\r\n", 2);
  connection->output_length += length + 2;
  if (strncmp(reply, "421", 3) == 0) connection->closing = true;
}

static void say_part(int socket, const char *part) {
  struct connection *connection = connections[socket];
  say(socket, part);
  connection->output_length -= 2;
  connection->closing = true;
}

static void say_endless(int socket) {
  static char line[1 << 20];
  flush(socket);
  memset(line, '2', sizeof line);
  if (connections[socket]->open) transmit(socket, line, sizeof line, false);
}

/* Answers, or does what is planned instead. Returns whether that is the given reply, or a late one. */
static bool answer(int socket, const char *action, const char *reply) {
  if (action && strncmp(action, "keep:", 5) == 0) action += 5;
  if (!action) {
    say(socket, reply);
  } else if (strncmp(action, "late=", 5) == 0) {
    flush(socket);
    connections[socket]->late = atol(action + 5);
    say(socket, reply);
  } else if (action[0] >= '0' && action[0] <= '9') {
    say(socket, action);
    return action[0] == reply[0];
  } else if (strcmp(action, "drop") == 0) {
    connections[socket]->closing = true;
    return false;
  } else if (strcmp(action, "half") == 0) {
    say_part(socket, "25");
    return false;
  } else if (strcmp(action, "nonsense") == 0) {
    say(socket, "\x01\x02 what?");
    return false;
  } else if (strcmp(action, "endless") == 0) {
    say_endless(socket);
    return false;
  } else {
    /* Silent from here on: to answer what comes behind would be a reply to the wrong command. */
    connections[socket]->is_mute = true;
    return false;
  }
  return true;
}

static uint64_t hash(const char *bytes, size_t length) {
  uint64_t value = 14695981039346656037ULL;
  for (size_t index = 0; index < length; index++)
    value = (value ^ (unsigned char)bytes[index]) * 1099511628211ULL;
  return value;
}

/* Takes a message: what is on record is never lost. */
static void keep(struct connection *connection) {
  message_count++;
  if (record < 0) return;
  char *message = connection->message, line[2048], identifier[512] = "-";
  message[connection->message_length - 1] = 0;
  char *field = strcasestr(message, "\nMessage-ID:");
  if (field) sscanf(field + 12, " %511s", identifier);
  int length = snprintf(line, sizeof line, "%s %s %016llx\n", identifier, connection->recipient,
                        (unsigned long long)hash(message, connection->message_length));
  if (write(record, line, length) != length) abort();
}

static void append(struct connection *connection, const char *bytes, size_t count) {
  if (record < 0) return;
  if (connection->message_length + count > connection->message_room) {
    connection->message_room = 2 * (connection->message_length + count);
    connection->message = realloc(connection->message, connection->message_room);
  }
  memcpy(connection->message + connection->message_length, bytes, count);
  connection->message_length += count;
}

static void end_message(int socket) {
  struct connection *connection = connections[socket];
  connection->in_message = false;
  const char *action = action_at("dot");
  bool taken = !action || action[0] == '2' || strncmp(action, "late=", 5) == 0
               || strncmp(action, "keep:", 5) == 0;
  if (taken) keep(connection);
  char reply[64];
  snprintf(reply, sizeof reply, "250 2.0.0 Ok: queued as %lX", message_count);
  answer(socket, action, reply);
}

/* Where the message ends in these bytes: behind the dot's line; 0 where it does not. */
static size_t end_in(struct connection *connection, const char *bytes, size_t count) {
  char seam[8];
  size_t head = count < 4 ? count : 4;
  memcpy(seam, connection->tail, connection->tail_length);
  memcpy(seam + connection->tail_length, bytes, head);
  char *found = memmem(seam, connection->tail_length + head, "\r\n.\r\n", 5);
  if (found) return found - seam + 5 - connection->tail_length;
  found = memmem(bytes, count, "\r\n.\r\n", 5);
  return found ? (size_t)(found - bytes) + 5 : 0;
}

static void keep_tail(struct connection *connection, const char *bytes, size_t count) {
  char joined[8];
  size_t head = count < 4 ? count : 4;
  memcpy(joined, connection->tail, connection->tail_length);
  memcpy(joined + connection->tail_length, bytes + count - head, head);
  size_t length = connection->tail_length + head, skip = length > 4 ? length - 4 : 0;
  memcpy(connection->tail, joined + skip, length - skip);
  connection->tail_length = length - skip;
}

static size_t take_message(int socket, const char *bytes, size_t count) {
  struct connection *connection = connections[socket];
  if (connection->message_length == 0 && fault_count) {
    const char *action = action_at("body");
    if (action) {
      answer(socket, action, "354 go on");
      if (connection->closing) return count;
    }
  }
  size_t end = end_in(connection, bytes, count);
  append(connection, bytes, end ? end : count);
  if (!end) {
    keep_tail(connection, bytes, count);
    return count;
  }
  end_message(socket);
  return end;
}

static void begin_message(int socket) {
  struct connection *connection = connections[socket];
  if (!connection->recipient[0]) {
    say(socket, "554 5.5.1 no valid recipients");
    return;
  }
  if (!answer(socket, action_at("data"), "354 go on")) return;
  connection->in_message = true;
  connection->message_length = 0;
  memcpy(connection->tail, "\r\n", 2);
  connection->tail_length = 2;
}

static void take_recipient(int socket, const char *line) {
  struct connection *connection = connections[socket];
  char address[512] = "";
  sscanf(line, "%*[^<]<%511[^>]", address);
  connection->recipient[0] = 0;
  if (!connection->has_sender) {
    say(socket, "503 5.5.1 no sender");
    return;
  }
  for (int index = 0; index < refusal_count; index++)
    if (strcmp(refusals[index][0], address) == 0) {
      say(socket, refusals[index][1]);
      return;
    }
  if (answer(socket, action_at("rcpt"), "250 2.1.5 Ok")) strcpy(connection->recipient, address);
}

static void take_command(int socket, const char *line) {
  struct connection *connection = connections[socket];
  if (strncasecmp(line, "EHLO", 4) == 0 || strncasecmp(line, "HELO", 4) == 0) {
    answer(socket, action_at("ehlo"),
           strncasecmp(line, "HELO", 4) == 0 ? "250 sink.example"
           : pipelining ? "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n"
                          "250-ENHANCEDSTATUSCODES\r\n250 SIZE 0"
                        : "250-sink.example\r\n250 8BITMIME");
  } else if (strncasecmp(line, "MAIL", 4) == 0) {
    connection->recipient[0] = 0;
    connection->has_sender = answer(socket, action_at("mail"), "250 2.1.0 Ok");
  } else if (strncasecmp(line, "RCPT", 4) == 0) {
    take_recipient(socket, line);
  } else if (strncasecmp(line, "DATA", 4) == 0) {
    begin_message(socket);
  } else if (strncasecmp(line, "QUIT", 4) == 0) {
    answer(socket, action_at("quit"), "221 2.0.0 Bye");
    connection->closing = true;
  } else {
    say(socket, "250 2.0.0 Ok");
  }
}

static size_t take_line(int socket, const char *bytes, size_t count) {
  struct connection *connection = connections[socket];
  char *end = memchr(bytes, '\n', count);
  size_t length = end ? (size_t)(end - bytes) + 1 : count;
  if (connection->line_length + length >= LINE) {
    connection->closing = true;
    return count;
  }
  memcpy(connection->line + connection->line_length, bytes, length);
  connection->line_length += length;
  if (!end) return count;
  connection->line[connection->line_length] = 0;
  connection->line_length = 0;
  take_command(socket, connection->line);
  return length;
}

static void take(int socket) {
  static char bytes[256 << 10];
  struct connection *connection = connections[socket];
  ssize_t count = recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) {
    shut(socket);
    return;
  }
  size_t done = 0;
  while (done < (size_t)count && connection->open && !connection->closing)
    done += connection->in_message ? take_message(socket, bytes + done, count - done)
                                   : take_line(socket, bytes + done, count - done);
  flush(socket);
}

static void greet(int listener) {
  int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;
  if (socket < 0) return;
  if (socket >= MOST_CONNECTIONS) {
    close(socket);
    return;
  }
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (!connections[socket]) connections[socket] = calloc(1, sizeof *connections[socket]);
  unsigned generation = connections[socket]->generation;
  *connections[socket] = (struct connection){.generation = generation, .open = true};
  connection_count++;
  if (++open_count > most_open) most_open = open_count;
  epoll_ctl(events_of, EPOLL_CTL_ADD, socket,
            &(struct epoll_event){.events = EPOLLIN, .data.fd = socket});
  answer(socket, action_at("connect"), "220 sink.example ESMTP");
  flush(socket);
}

static void read_options(int count, char **words) {
  for (int index = 1; index < count; index++) {
    if (!strcmp(words[index], "--record")) {
      record = open(words[++index], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    } else if (!strcmp(words[index], "--delay")) {
      delay = atol(words[++index]);
    } else if (!strcmp(words[index], "--seed")) {
      srand48(atol(words[++index]));
    } else if (!strcmp(words[index], "--no-pipelining")) {
      pipelining = false;
    } else if (!strcmp(words[index], "--refuse") && refusal_count < MOST_REFUSALS) {
      refusals[refusal_count][0] = words[++index];
      refusals[refusal_count++][1] = words[++index];
    } else if (!strcmp(words[index], "--fault") && fault_count < MOST_FAULTS) {
      struct fault *fault = &faults[fault_count++];
      fault->stage = words[++index];
      const char *when = words[++index];
      if (when[0] == '#') fault->only = atol(when + 1); else fault->share = atof(when);
      fault->action = words[++index];
    } else {
      fprintf(stderr, "mail_sink: what is %s?\n", words[index]);
      exit(64);
    }
  }
}

static int listen_on_loopback(void) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1024)) abort();
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

/* Waits for events until the next reply is due. */
static int wait_for(struct epoll_event *events, int most) {
  if (!first) return epoll_wait(events_of, events, most, -1);
  int64_t rest = first->due - now();
  if (rest < 0) rest = 0;
  struct timespec time = {rest / 1000000000, rest % 1000000000};
  return epoll_pwait2(events_of, events, most, &time, NULL);
}

int main(int count, char **words) {
  srand48(1);
  read_options(count, words);
  int listener = listen_on_loopback();
  events_of = epoll_create1(EPOLL_CLOEXEC);
  for (int file = 0; file <= listener; file += listener)
    epoll_ctl(events_of, EPOLL_CTL_ADD, file,
              &(struct epoll_event){.events = EPOLLIN, .data.fd = file});
  struct epoll_event events[256];
  while (true) {
    int ready = wait_for(events, 256);
    for (int index = 0; index < ready; index++) {
      int file = events[index].data.fd;
      char byte;
      if (file == listener) {
        greet(listener);
      } else if (file == 0) {
        if (read(0, &byte, 1) > 0) continue;
        printf("{\"messages\":%ld,\"connections\":%ld,\"atOnce\":%ld}\n", message_count,
               connection_count, most_open);
        return 0;
      } else if (connections[file]->open) {
        take(file);
      }
    }
    send_due();
  }
}
