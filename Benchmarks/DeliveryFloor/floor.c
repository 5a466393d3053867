/* The least that sending costs: messages that lie ready, each with its end and the next one's
   envelope in one write (RFC 2920), over plain sockets, with no journal, no queue and no checks.

   delivery-floor PORT CONNECTIONS MESSAGES BYTES */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REPLY = 4096, ENVELOPE = 512 };

struct connection {
  int socket;
  bool greeted, has_message;
  char line[REPLY];
  size_t line_length;
  char *output;
  size_t output_length, sent;
};

static long messages, given, accepted, size;
static int open_count;
static char *body;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void transmit(struct connection *connection) {
  while (connection->sent < connection->output_length) {
    ssize_t count = send(connection->socket, connection->output + connection->sent,
                         connection->output_length - connection->sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) fail("send");
    connection->sent += count;
  }
}

/* Says what comes next, behind a message's end or alone. */
static void go_on(struct connection *connection, bool sends_message) {
  size_t length = 0;
  if (sends_message) {
    memcpy(connection->output, body, size);
    length = size;
  }
  char *place = connection->output + length;
  connection->has_message = given < messages;
  length += connection->has_message
                ? sprintf(place, "MAIL FROM:<a@example.org> SIZE=%ld\r\n"
                                 "RCPT TO:<l%ld@example.org>\r\nDATA\r\n", size, given++)
                : sprintf(place, "QUIT\r\n");
  connection->output_length = length;
  connection->sent = 0;
  transmit(connection);
}

static void take_line(struct connection *connection, const char *line) {
  if (line[3] == '-') return;
  int code = atoi(line);
  if (code == 220) {
    connection->output_length = sprintf(connection->output, "EHLO floor.example\r\n");
    connection->sent = 0;
    transmit(connection);
  } else if (code == 354) {
    accepted++;
    go_on(connection, true);
  } else if (code == 250 && !connection->greeted) {
    connection->greeted = true;
    go_on(connection, false);
  } else if (code == 221) {
    close(connection->socket);
    open_count--;
  } else if (code != 250) {
    fprintf(stderr, "%s\n", line);
    exit(1);
  }
}

static void take(struct connection *connection) {
  ssize_t count = recv(connection->socket, connection->line + connection->line_length,
                       REPLY - connection->line_length, 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) fail("recv");
  connection->line_length += count;
  char *start = connection->line, *end = connection->line + connection->line_length, *newline;
  while ((newline = memchr(start, '\n', end - start))) {
    *newline = 0;
    take_line(connection, start);
    start = newline + 1;
  }
  connection->line_length = end - start;
  memmove(connection->line, start, connection->line_length);
}

static void make_body(void) {
  body = malloc(size + 128);
  long length = sprintf(body, "Message-ID: <1@example.org>\r\nSubject: test\r\n\r\n");
  while (length < size - 80)
    length += sprintf(body + length, "%.*s\r\n", 74,
                      "Une ligne de texte comme il y en a tant dans un message, ni plus ni moins..");
  length += sprintf(body + length, ".\r\n");
  size = length;
}

int main(int count, char **words) {
  if (count < 5) return 64;
  int connections = atoi(words[2]), one = 1;
  messages = atol(words[3]);
  size = atol(words[4]);
  make_body();
  int events_of = epoll_create1(0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  for (int index = 0; index < connections; index++) {
    struct connection *connection = calloc(1, sizeof *connection);
    connection->output = malloc(size + ENVELOPE);
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection->socket, (struct sockaddr *)&address, sizeof address)) fail("connect");
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(connection->socket, F_SETFL, O_NONBLOCK);
    open_count++;
    epoll_ctl(events_of, EPOLL_CTL_ADD, connection->socket,
              &(struct epoll_event){.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = connection});
  }
  struct epoll_event events[256];
  while (open_count > 0) {
    int ready = epoll_wait(events_of, events, 256, -1);
    for (int index = 0; index < ready; index++) {
      struct connection *connection = events[index].data.ptr;
      if (events[index].events & EPOLLOUT) transmit(connection);
      if (events[index].events & EPOLLIN) take(connection);
    }
  }
  return accepted == messages ? 0 : 1;
}
