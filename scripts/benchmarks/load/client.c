/*
 * Connecting and logging in, without blocking, so that a crowd does it side by side.
 *
 *      pcs    info <- ; hello -> ; hello <- ; [TLS, hello ->, hello <-] ; login -> ; seat <- ; join -> ; joined <-
 *      nats   INFO <- ; [TLS] ; CONNECT, SUB, PING -> ; PONG <-
 *
 * A receiver must cost less than what is measured. Without TLS the kernel counts its bytes and copies none of them
 * (MSG_TRUNC); with TLS it reads the heads of the records (RFC 8446 §5.1) and decrypts nothing. Those that check
 * look at every byte.
 */
#define _GNU_SOURCE
#include "client.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEARD (256 << 10)
#define SENDER "sender"

double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  exit(1);
}

static SSL_CTX *context(void) {
  static SSL_CTX *made;
  if (made == NULL) {
    made = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(made, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(made, "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set_mode(made, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  }
  return made;
}

void openClient(struct client *c) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(c->server->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) fail("no more sockets: %s", strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) fail("connect: %s", strerror(errno));
  c->step = GREETING;
  c->heard = malloc(HEARD);
  c->heardBytes = 0;
}

/* The system's answer for one read or write with TLS: 0 for later. */
static size_t orLater(struct client *c, int result) {
  if (result > 0) return result;
  int why = SSL_get_error(c->ssl, result);
  if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) return 0;
  fail("port %d: TLS ended: %s", c->server->port, ERR_error_string(ERR_get_error(), NULL));
}

static size_t orLaterPlain(struct client *c, ssize_t result) {
  if (result > 0) return result;
  if (result < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  fail("port %d: the connection ended: %s", c->server->port, result == 0 ? "closed" : strerror(errno));
}

size_t give(struct client *c, const char *bytes, size_t length) {
  if (c->ssl != NULL) return orLater(c, SSL_write(c->ssl, bytes, length > 16384 ? 16384 : (int)length));
  return orLaterPlain(c, send(c->fd, bytes, length, MSG_NOSIGNAL));
}

static void giveAll(struct client *c, const char *bytes, size_t length) {
  while (length > 0) {
    size_t given = give(c, bytes, length);
    bytes += given;
    length -= given;
  }
}

/* Goes over the encrypted stream by the heads of its records. Returns the bytes that they hold. */
static size_t countRecords(struct client *c, const unsigned char *bytes, size_t length) {
  size_t held = 0, at = 0;
  while (at < length) {
    if (c->recordHead < 5) {
      c->record[c->recordHead++] = bytes[at++];
      if (c->recordHead == 5) c->recordLeft = c->record[3] << 8 | c->record[4];
      continue;
    }
    size_t part = length - at < c->recordLeft ? length - at : c->recordLeft;
    at += part;
    c->recordLeft -= part;
    if (c->recordLeft > 0) break;
    c->recordHead = 0;
    /* One byte is the inner type, 16 are the tag. */
    held += (c->record[3] << 8 | c->record[4]) - 17;
  }
  return held;
}

size_t receive(struct client *c, char *into, size_t room) {
  int reads = c->checks || c->sends || c->heard != NULL;
  if (c->ssl == NULL) return orLaterPlain(c, recv(c->fd, into, room, reads ? 0 : MSG_TRUNC));
  if (reads) return orLater(c, SSL_read(c->ssl, into, room));
  return countRecords(c, (unsigned char *)into, orLaterPlain(c, recv(c->fd, into, room, 0)));
}

static size_t frame(char *to, const char *header, const char *payload) {
  uint16_t h = strlen(header);
  uint32_t p = strlen(payload), length = htonl(p);
  to[0] = h >> 8, to[1] = h;
  memcpy(to + 2, header, h);
  memcpy(to + 2 + h, &length, 4);
  memcpy(to + 6 + h, payload, p);
  return 6 + h + p;
}

static void say(struct client *c, const char *header, const char *payload) {
  char bytes[1024];
  giveAll(c, bytes, frame(bytes, header, payload));
}

static void sayHello(struct client *c) {
  say(c, "hello", c->server->tls ? "{\"version\":\"2.0\",\"tls\":true,\"capabilities\":[]}" : "{\"version\":\"2.0\",\"tls\":false,\"capabilities\":[]}");
}

static void sayLogin(struct client *c) {
  char payload[256];
  snprintf(payload, sizeof payload, "{\"token\":\"%s\"}", c->token);
  say(c, "login", payload);
  c->step = SEAT;
}

static void sayConnect(struct client *c) {
  char text[256];
  int length = snprintf(text, sizeof text, "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":%s}\r\n%s%s%sPING\r\n", c->server->tls ? "true" : "false", c->sends ? "" : "SUB ", c->sends ? "" : c->server->room, c->sends ? "" : " 1\r\n");
  giveAll(c, text, length);
  c->step = JOINED;
}

static void shake(struct client *c) {
  if (c->ssl == NULL) {
    c->ssl = SSL_new(context());
    SSL_set_fd(c->ssl, c->fd);
    c->step = SHAKING;
  }
  int result = SSL_connect(c->ssl);
  if (result != 1) return (void)orLater(c, result);
  if (c->server->peer == NATS) return sayConnect(c);
  sayHello(c);
  c->step = HELLO_AGAIN;
}

static void hearFrame(struct client *c, const char *header, size_t h, const char *payload, size_t p) {
  if (h == 5 && memcmp(header, "error", 5) == 0) fail("pcs: %.*s", (int)p, payload);
  if (c->step == GREETING) {
    sayHello(c);
    c->step = HELLO;
  } else if (c->step == HELLO && c->server->tls) shake(c);
  else if (c->step == HELLO || c->step == HELLO_AGAIN) sayLogin(c);
  else if (c->step == SEAT && h == 4 && memcmp(header, "seat", 4) == 0) {
    char join[256];
    const char *last = memmem(payload, p, "\"lastTag\":", 10);
    c->tag = last == NULL ? 0 : strtoul(last + 10, NULL, 10);
    snprintf(join, sizeof join, "{\"ask\":1,\"room\":\"%s\",\"keep\":false}", c->server->room);
    say(c, "join", join);
    c->step = JOINED;
  } else if (c->step == JOINED && h == 6 && memcmp(header, "joined", 6) == 0) {
    c->room = strtoul((char *)memmem(payload, p, "\"number\":", 9) + 9, NULL, 10);
    c->step = READY;
  }
}

/* Hears one frame or line of what is there. Returns its length, or 0 where it is not whole. */
static size_t hearOne(struct client *c, const char *bytes, size_t length) {
  if (c->server->peer == NATS) {
    const char *end = memmem(bytes, length, "\r\n", 2);
    if (end == NULL) return 0;
    if (memcmp(bytes, "-ERR", 4) == 0) fail("nats: %.*s", (int)(end - bytes), bytes);
    if (c->step == GREETING && c->server->tls) shake(c);
    else if (c->step == GREETING) sayConnect(c);
    else if (memcmp(bytes, "PONG", 4) == 0) c->step = READY;
    return end + 2 - bytes;
  }
  if (length < 6) return 0;
  size_t h = (unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
  uint32_t p;
  if (length < h + 6) return 0;
  memcpy(&p, bytes + 2 + h, 4);
  p = ntohl(p);
  if (length < h + 6 + p) return 0;
  hearFrame(c, bytes + 2, h, bytes + 6 + h, p);
  return h + 6 + p;
}

void logIn(struct client *c) {
  if (c->step == SHAKING) shake(c);
  while (c->step != SHAKING) {
    size_t came = receive(c, c->heard + c->heardBytes, HEARD - c->heardBytes), at = 0, used;
    if (came == 0) break;
    c->heardBytes += came;
    while (c->step != SHAKING && (used = hearOne(c, c->heard + at, c->heardBytes - at)) > 0) at += used;
    c->heardBytes -= at;
    memmove(c->heard, c->heard + at, c->heardBytes);
  }
  /* From here on the records are counted: none may be half read. */
  if (c->step != READY || (c->ssl != NULL && SSL_has_pending(c->ssl))) return;
  free(c->heard);
  c->heard = NULL;
}

size_t writeSent(struct client *c, char *to, const char *text, size_t bytes) {
  size_t at;
  if (c->server->peer == NATS) {
    at = sprintf(to, "PUB %s %zu\r\n", c->server->room, bytes);
    memcpy(to + at, text, bytes);
    memcpy(to + at + bytes, "\r\n", 2);
    return at + bytes + 2;
  }
  uint32_t numbers[3] = {htonl(8 + bytes), htonl(++c->tag), htonl(c->room)};
  memcpy(to, "\0\3say", 5);
  memcpy(to + 5, numbers, 12);
  memcpy(to + 17, text, bytes);
  return 17 + bytes;
}

size_t textAt(const struct server *server, size_t bytes) {
  char line[256];
  if (server->peer == NATS) return sprintf(line, "MSG %s 1 %zu\r\n", server->room, bytes);
  /* The frame's own 7, room, id, time, the name's length and the name. */
  return 7 + 4 + 8 + 8 + 1 + strlen(SENDER);
}

size_t receivedBytes(const struct server *server, size_t bytes) {
  return textAt(server, bytes) + bytes + (server->peer == NATS ? 2 : 0);
}
