/*
 * The load of the benchmarks: many receivers and one sender a server, in one process that costs little.
 *
 *      cc -O2 -o load load.c client.c -lssl -lcrypto
 *
 * Reads commands from standard input, a line each, and answers each by a line on standard output:
 *
 *      connect PEER TLS PORT ROOM N TOKENS     opens N receivers and a sender; TOKENS is a file, the sender's last.
 *                                              Answers seconds. The servers are numbered from 0
 *      burst SERVER MESSAGES BYTES             as fast as they are taken. Answers seconds to the last delivery
 *      paced SERVER RATE SECONDS BYTES         answers the microseconds to a delivery: median, p99, longest
 *      idle MS                                 reads whatever comes
 *
 * One receiver in ten looks at all it gets: the texts must be those that were sent, in order. Of the others the
 * bytes are counted. A byte too few or too many ends the run.
 */
#define _GNU_SOURCE
#include "client.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define SERVERS 8
#define ABREAST 64
#define CHECKED 10
#define EVENTS 512

struct crowd {
  struct server server;
  struct client *clients; /* the sender is the last */
  int receivers, poll;
};

/* What the receivers have to get in a round. */
struct round {
  size_t bytes, frame, textAt, messages;
  char *texts;
  double begun, every, *latencies;
  size_t deliveries;
  int complete;
};

static struct crowd crowds[SERVERS];
static int crowdCount;
static char scratch[1 << 20];

static void listenTo(struct crowd *crowd, struct client *c, uint32_t events, int how) {
  struct epoll_event event = {.events = events, .data.ptr = c};
  if (epoll_ctl(crowd->poll, how, c->fd, &event) != 0) fail("epoll: %s", strerror(errno));
}

static char *copyOf(const char *text) { return strdup(text); }

static void connectAll(struct crowd *crowd, FILE *tokens) {
  int opened = 0, through = 0, all = crowd->receivers + 1;
  char line[256];
  struct epoll_event events[EVENTS];
  double began = now();
  while (through < all) {
    for (; opened < all && opened - through < ABREAST; opened++) {
      struct client *c = &crowd->clients[opened];
      c->server = &crowd->server;
      c->sends = opened == crowd->receivers;
      c->checks = opened % CHECKED == 0 && !c->sends;
      if (tokens != NULL && fgets(line, sizeof line, tokens) != NULL) c->token = copyOf(strtok(line, "\n"));
      openClient(c);
      listenTo(crowd, c, EPOLLIN, EPOLL_CTL_ADD);
    }
    int ready = epoll_wait(crowd->poll, events, EVENTS, 10000);
    if (ready == 0) fail("%d of %d logged in, and then nothing for 10 s", through, all);
    for (int i = 0; i < ready; i++) {
      struct client *c = events[i].data.ptr;
      if (c->heard == NULL) receive(c, scratch, sizeof scratch);
      else {
        logIn(c);
        if (c->heard == NULL) through++;
      }
    }
  }
  printf("%.6f\n", now() - began);
}

/* Reads what comes, for so long. */
static void idle(double seconds) {
  struct epoll_event events[EVENTS];
  for (double until = now() + seconds; now() < until;)
    for (int which = 0; which < crowdCount; which++) {
      int ready = epoll_wait(crowds[which].poll, events, EVENTS, 1);
      for (int i = 0; i < ready; i++) receive(events[i].data.ptr, scratch, sizeof scratch);
    }
}

/* Compares what came with what was sent, over the ends of frames. */
static void check(struct client *c, const struct round *r, const char *bytes, size_t length) {
  if (c->part == NULL) c->part = malloc(r->frame);
  size_t message = c->got / r->frame;
  while (length > 0) {
    size_t part = r->frame - c->partBytes < length ? r->frame - c->partBytes : length;
    memcpy(c->part + c->partBytes, bytes, part);
    c->partBytes += part;
    bytes += part;
    length -= part;
    if (c->partBytes < r->frame) return;
    c->partBytes = 0;
    if (message >= r->messages || memcmp(c->part + r->textAt, r->texts + message * r->bytes, r->bytes) != 0)
      fail("port %d: message %zu came as something else: %.*s", c->server->port, message, (int)r->frame, c->part);
    message++;
  }
}

static void hear(struct client *c, struct round *r) {
  size_t came = receive(c, scratch, sizeof scratch);
  if (c->sends || came == 0) return;
  if (c->checks) check(c, r, scratch, came);
  c->got += came;
  if (c->got > r->frame * r->messages) fail("port %d: %zu bytes too many came", c->server->port, (size_t)(c->got - r->frame * r->messages));
  if (r->latencies != NULL) {
    double at = now();
    for (size_t whole = c->got / r->frame; c->done < whole; c->done++)
      r->latencies[r->deliveries++] = at - r->begun - c->done * r->every;
  }
  if (c->got == r->frame * r->messages) r->complete++;
}

/* Waits for something to come, no longer than so many seconds: a load that spins takes the core that is measured. */
static int await(struct crowd *crowd, struct epoll_event *events, double seconds) {
  struct timespec most = {.tv_sec = 0, .tv_nsec = seconds > 0 ? seconds * 1e9 : 0};
  return epoll_pwait2(crowd->poll, events, EVENTS, &most, NULL);
}

/* Texts as `17 xxxx…`, and as the sender sends them. Returns the bytes of the latter. */
static size_t prepare(struct crowd *crowd, struct round *r, char **sent) {
  struct client *sender = &crowd->clients[crowd->receivers];
  size_t length = 0;
  r->frame = receivedBytes(&crowd->server, r->bytes);
  r->textAt = textAt(&crowd->server, r->bytes);
  r->texts = malloc(r->messages * r->bytes);
  *sent = malloc(r->messages * (r->bytes + 64));
  for (size_t i = 0; i < r->messages; i++) {
    char *text = r->texts + i * r->bytes, number[32];
    memset(text, 'x', r->bytes);
    size_t digits = sprintf(number, "%zu ", i);
    memcpy(text, number, digits < r->bytes ? digits : r->bytes);
    length += writeSent(sender, *sent + length, text, r->bytes);
  }
  for (int i = 0; i < crowd->receivers; i++) {
    struct client *c = &crowd->clients[i];
    c->got = c->done = c->partBytes = 0;
    free(c->part);
    c->part = NULL;
  }
  return length;
}

/* Runs one round: as fast as it is taken, or a message each `every` seconds. */
static void play(struct crowd *crowd, struct round *r) {
  struct client *sender = &crowd->clients[crowd->receivers];
  struct epoll_event events[EVENTS];
  char *sent;
  size_t length = prepare(crowd, r, &sent), given = 0, each = length / r->messages, due;
  double heard = r->begun = now();
  int waits = 0;
  while (r->complete < crowd->receivers) {
    double at = now();
    due = r->every == 0 ? length : ((size_t)((at - r->begun) / r->every) + 1) * each;
    if (due > length) due = length;
    while (given < due && !waits) {
      size_t part = give(sender, sent + given, due - given < 1 << 18 ? due - given : 1 << 18);
      given += part;
      if (part == 0) {
        waits = 1;
        listenTo(crowd, sender, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
      } else if (r->every == 0) break; /* and read what has come of it */
    }
    int ready = await(crowd, events, given < due && !waits ? 0 : given < length && !waits ? r->begun + given / each * r->every - now() : 0.1);
    for (int i = 0; i < ready; i++) {
      struct client *c = events[i].data.ptr;
      if (c->sends && events[i].events & EPOLLOUT) {
        waits = 0;
        listenTo(crowd, sender, EPOLLIN, EPOLL_CTL_MOD);
      }
      if (events[i].events & ~EPOLLOUT) hear(c, r);
    }
    if (ready > 0) heard = at;
    else if (at - heard > 20) fail("port %d: nothing came for 20 s; %d of %d had everything", crowd->server.port, r->complete, crowd->receivers);
  }
  free(sent);
  free(r->texts);
}

static int upward(const void *a, const void *b) {
  double x = *(double *)a, y = *(double *)b;
  return (x > y) - (x < y);
}

static void burst(struct crowd *crowd, size_t messages, size_t bytes) {
  struct round r = {.bytes = bytes, .messages = messages};
  play(crowd, &r);
  printf("%.6f\n", now() - r.begun);
}

static void paced(struct crowd *crowd, double rate, double seconds, size_t bytes) {
  struct round r = {.bytes = bytes, .messages = rate * seconds, .every = 1 / rate};
  r.latencies = malloc(r.messages * crowd->receivers * sizeof *r.latencies);
  play(crowd, &r);
  qsort(r.latencies, r.deliveries, sizeof *r.latencies, upward);
  printf("%.1f %.1f %.1f\n", r.latencies[r.deliveries / 2] * 1e6, r.latencies[(size_t)(r.deliveries * 0.99)] * 1e6, r.latencies[r.deliveries - 1] * 1e6);
  free(r.latencies);
}

static void connectTo(const char *arguments) {
  char peer[16], room[64], path[1024];
  struct crowd *crowd = &crowds[crowdCount++];
  if (crowdCount > SERVERS || sscanf(arguments, "%15s %d %d %63s %d %1023s", peer, &crowd->server.tls, &crowd->server.port, room, &crowd->receivers, path) != 6) fail("what is: connect%s", arguments);
  crowd->server.peer = strcmp(peer, "nats") == 0 ? NATS : PCS;
  crowd->server.room = copyOf(room);
  crowd->clients = calloc(crowd->receivers + 1, sizeof *crowd->clients);
  crowd->poll = epoll_create1(0);
  FILE *tokens = fopen(path, "r");
  connectAll(crowd, tokens);
  if (tokens != NULL) fclose(tokens);
}

int main(void) {
  struct rlimit files;
  char line[2048];
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  while (fgets(line, sizeof line, stdin) != NULL) {
    int which = 0;
    size_t messages, bytes;
    double rate, seconds, ms;
    if (strncmp(line, "connect", 7) == 0) connectTo(line + 7);
    else if (sscanf(line, "burst %d %zu %zu", &which, &messages, &bytes) == 3 && which < crowdCount) burst(&crowds[which], messages, bytes);
    else if (sscanf(line, "paced %d %lf %lf %zu", &which, &rate, &seconds, &bytes) == 4 && which < crowdCount) paced(&crowds[which], rate, seconds, bytes);
    else if (sscanf(line, "idle %lf", &ms) == 1) {
      idle(ms / 1000);
      puts("");
    } else fail("what is: %s", line);
    fflush(stdout);
  }
}
