#define _GNU_SOURCE
#include "relay.h"

#include "frame.h"
#include "inbound.h"
#include "signals.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define INBOUND_HIGH (2u * DATA_CHUNK)
/* Most configurations and answers fit, and the kernel need not map more. */
#define SMALL_CHUNK 8192u
/* A pipe that poll() calls writable takes this much without blocking (pipe(7)). */
#define OUTPUT_CHUNK 4096

int64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* As much as there is room for already, or little. */
static size_t chunk(const struct buffer *buffer) {
    size_t room = buffer->capacity - buffer->end;
    if (room < SMALL_CHUNK)
        return SMALL_CHUNK;
    return room < DATA_CHUNK ? room : DATA_CHUNK;
}

static void stream_input(struct relay *relay) {
    struct pollfd ready = {0, POLLIN, 0};
    do {
        size_t room = STDIN_LIMIT - buffer_size(&relay->input);
        size_t want = room < chunk(&relay->input) ? room : chunk(&relay->input);
        ssize_t count = want == 0 ? 0 : read(0, buffer_reserve(&relay->input, want), want);
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (count <= 0) {
            relay->is_streaming = false;
            frame_header(&relay->to_daemon, FRAME_STDIN, 0);
            return;
        }
        frame_header(&relay->to_daemon, FRAME_STDIN, (size_t)count);
        buffer_put(&relay->to_daemon, relay->input.data + relay->input.end, (size_t)count);
        relay->input.end += (size_t)count;
    } while (poll(&ready, 1, 0) == 1);
}

void relay_finish_input(struct relay *relay) {
    struct pollfd ready = {0, POLLIN, 0};
    while (relay->is_streaming)
        if (poll(&ready, 1, -1) >= 0)
            stream_input(relay);
}

static bool send_some(struct relay *relay) {
    struct buffer *out = &relay->to_daemon;
    ssize_t count = send(relay->socket, out->data + out->start, buffer_size(out), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR;
    buffer_take(out, (size_t)count);
    return true;
}

static bool receive_some(struct relay *relay) {
    struct buffer *in = &relay->from_daemon;
    size_t want = chunk(in);
    ssize_t count = recv(relay->socket, buffer_reserve(in, want), want, MSG_DONTWAIT);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR;
    in->end += (size_t)count;
    return count > 0;
}

static void write_output(struct relay *relay) {
    struct buffer *in = &relay->from_daemon;
    size_t count = buffer_size(in) < relay->output_left ? buffer_size(in) : relay->output_left;
    ssize_t written = write(relay->output_fd, in->data + in->start, count < OUTPUT_CHUNK ? count : OUTPUT_CHUNK);
    if (written < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    /* Nobody can read it any more: an ignored SIGPIPE or a closed descriptor. */
    if (written < 0)
        _exit(128 + 13);
    relay->output_left -= (size_t)written;
    buffer_take(in, (size_t)written);
}

static bool has_output(const struct relay *relay) {
    return relay->output_left > 0 && buffer_size(&relay->from_daemon) > 0;
}

enum { POLL_SOCKET, POLL_OUTPUT, POLL_SIGNALS, POLL_STREAM, POLL_FILES, POLL_COUNT = POLL_FILES + FILE_SLOTS };

static void fill(const struct relay *relay, struct pollfd *polled, bool is_open) {
    for (int i = 0; i < POLL_COUNT; i++)
        polled[i] = (struct pollfd){-1, POLLIN, 0};
    bool has_room = buffer_size(&relay->from_daemon) < INBOUND_HIGH;
    if (is_open) {
        polled[POLL_SOCKET].fd = relay->socket;
        polled[POLL_SOCKET].events =
            (short)((has_room ? POLLIN : 0) | (buffer_size(&relay->to_daemon) > 0 ? POLLOUT : 0));
    }
    if (has_output(relay))
        polled[POLL_OUTPUT] = (struct pollfd){relay->output_fd, POLLOUT, 0};
    polled[POLL_SIGNALS].fd = relay->signals;
    if (relay->is_streaming)
        polled[POLL_STREAM].fd = 0;
    for (int i = 0; i < FILE_SLOTS; i++)
        if (relay->files.slots[i].is_open && relay->files.slots[i].wanted > 0)
            polled[POLL_FILES + i].fd = relay->files.slots[i].fd;
}

static int time_left(const struct relay *relay) {
    if (relay->is_answered && !relay->is_deadline_final)
        return -1;
    int64_t left = relay->deadline - monotonic_ms();
    return left > 0 ? (int)left : 0;
}

/* False when the connection has ended. */
static bool serve(struct relay *relay, const struct pollfd *polled) {
    if (polled[POLL_OUTPUT].revents)
        write_output(relay);
    if (polled[POLL_SIGNALS].revents)
        signals_relay(relay->signals, &relay->to_daemon);
    if (polled[POLL_STREAM].revents)
        stream_input(relay);
    for (int i = 0; i < FILE_SLOTS; i++)
        if (polled[POLL_FILES + i].revents)
            files_read(&relay->files.slots[i], &relay->to_daemon);
    bool is_open = true;
    /* A send that fails is no reason to stop reading: the daemon's last words may still be there. */
    if (polled[POLL_SOCKET].revents & (POLLIN | POLLHUP | POLLERR))
        is_open = receive_some(relay);
    if (is_open && buffer_size(&relay->to_daemon) > 0 && !send_some(relay))
        buffer_take(&relay->to_daemon, buffer_size(&relay->to_daemon));
    return is_open;
}

enum outcome relay_run(struct relay *relay) {
    bool is_open = true;
    for (;;) {
        enum outcome outcome = inbound_take(relay);
        if (outcome != OUTCOME_RUNNING)
            return outcome;
        if (!is_open && !has_output(relay))
            return OUTCOME_GONE;
        struct pollfd polled[POLL_COUNT];
        fill(relay, polled, is_open);
        int ready = poll(polled, POLL_COUNT, time_left(relay));
        if (ready == 0)
            return OUTCOME_SILENT;
        if (ready > 0 && !serve(relay, polled))
            is_open = false;
    }
}

void relay_close(struct relay *relay) {
    for (int i = 0; i < FILE_SLOTS; i++)
        if (relay->files.slots[i].is_open)
            files_close(&relay->files, relay->files.slots[i].id);
    if (relay->signals >= 0)
        close(relay->signals);
    if (relay->socket >= 0)
        close(relay->socket);
    buffer_free(&relay->to_daemon);
    buffer_free(&relay->from_daemon);
    buffer_free(&relay->input);
}
