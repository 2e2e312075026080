#define _GNU_SOURCE
#include "inbound.h"

#include "frame.h"
#include "signals.h"

#include <string.h>

static enum outcome take_preface(struct relay *relay) {
    struct buffer *in = &relay->from_daemon;
    if (buffer_size(in) < PREFACE_SIZE)
        return OUTCOME_RUNNING;
    const uint8_t *bytes = in->data + in->start;
    if (memcmp(bytes, frame_magic, sizeof frame_magic) != 0)
        return OUTCOME_INCOMPATIBLE;
    if (bytes[4] < PROTOCOL_OLDEST || bytes[4] > PROTOCOL_NEWEST)
        return OUTCOME_INCOMPATIBLE;
    buffer_take(in, PREFACE_SIZE);
    relay->is_answered = true;
    return OUTCOME_RUNNING;
}

static bool open_file(struct relay *relay, const uint8_t *body, size_t length) {
    char path[CONTROL_FRAME_LIMIT];
    if (length < 4)
        return false;
    memcpy(path, body + 4, length - 4);
    path[length - 4] = '\0';
    files_open(&relay->files, &relay->to_daemon, read_u32(body), path);
    return true;
}

static bool obey(struct relay *relay, enum frame_type type, const uint8_t *body, size_t length) {
    switch (type) {
    case FRAME_EXIT:
        relay->is_exiting = true;
        relay->exit_code = length == 1 ? body[0] : 1;
        return length == 1;
    case FRAME_SIGNALS_ON:
        if (relay->signals < 0)
            relay->signals = signals_open();
        return true;
    case FRAME_FILE_OPEN:
        return open_file(relay, body, length);
    case FRAME_FILE_READ:
        if (length == 8)
            files_want(&relay->files, &relay->to_daemon, read_u32(body), read_u32(body + 4));
        return length == 8;
    case FRAME_FILE_CLOSE:
        if (length == 4)
            files_close(&relay->files, read_u32(body));
        return length == 4;
    default:
        return false;
    }
}

enum outcome inbound_take(struct relay *relay) {
    struct buffer *in = &relay->from_daemon;
    if (!relay->is_answered) {
        enum outcome outcome = take_preface(relay);
        if (outcome != OUTCOME_RUNNING || !relay->is_answered)
            return outcome;
    }
    while (relay->output_left == 0 && !relay->is_exiting && buffer_size(in) >= FRAME_HEADER_SIZE) {
        const uint8_t *header = in->data + in->start;
        enum frame_type type = header[0];
        size_t length = read_u32(header + 1);
        if (type == FRAME_STDOUT || type == FRAME_STDERR) {
            relay->output_fd = type == FRAME_STDOUT ? 1 : 2;
            relay->output_left = length;
            buffer_take(in, FRAME_HEADER_SIZE);
            continue;
        }
        if (length >= CONTROL_FRAME_LIMIT)
            return OUTCOME_INCOMPATIBLE;
        if (buffer_size(in) < FRAME_HEADER_SIZE + length)
            return OUTCOME_RUNNING;
        if (!obey(relay, type, header + FRAME_HEADER_SIZE, length))
            return OUTCOME_INCOMPATIBLE;
        buffer_take(in, FRAME_HEADER_SIZE + length);
    }
    return relay->is_exiting ? OUTCOME_EXITED : OUTCOME_RUNNING;
}
