/* One connection of the load, to pcs (second protocol) or nats-server, with TLS or without. */
#ifndef CLIENT_H
#define CLIENT_H
#include <openssl/ssl.h>
#include <stddef.h>
#include <stdint.h>

enum peer { PCS, NATS };
enum step { GREETING, HELLO, SHAKING, HELLO_AGAIN, SEAT, JOINED, READY };

struct server {
  enum peer peer;
  int tls, port;
  const char *room;
};

struct client {
  const struct server *server;
  const char *token; /* pcs: logs in with it */
  int fd;
  SSL *ssl;
  enum step step;
  int sends;          /* the sender: no receiver, and its records are decrypted to the end */
  int checks;         /* looks at every byte that comes, instead of counting them */
  char *heard;        /* while it logs in */
  size_t heardBytes;
  uint32_t room;      /* pcs: the number of the room */
  uint32_t tag;       /* pcs: the last tag */
  uint64_t got;       /* bytes of frames that came in this round */
  uint64_t done;      /* paced: messages that came whole */
  unsigned char record[5]; /* the head of the TLS record that is coming, and how much of both is there */
  unsigned recordHead, recordLeft;
  char *part;         /* checks: the frame that is not whole */
  size_t partBytes;
};

double now(void);
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* Begins to connect. The socket does not block. */
void openClient(struct client *);
/* Goes on with the login as far as it can. It is through when `heard` is NULL. */
void logIn(struct client *);
/* Reads what is there. Returns the bytes of frames in it: what is encrypted is counted by its records. */
size_t receive(struct client *, char *into, size_t room);
/* Takes as much as the socket does. */
size_t give(struct client *, const char *bytes, size_t length);
/* One message of `bytes` bytes, as the sender sends it and as a receiver gets it. Both return the length. */
size_t writeSent(struct client *, char *to, const char *text, size_t bytes);
size_t receivedBytes(const struct server *, size_t bytes);
/* Where the text is within what a receiver gets. */
size_t textAt(const struct server *, size_t bytes);
#endif
