#include "frame.h"

#include "terminal.h"

/* Begins with a zero byte, which no HTTP request does. */
const uint8_t frame_magic[4] = {0, 'N', 'T', 'D'};

void frame_preface(struct buffer *out) {
    buffer_put(out, frame_magic, sizeof frame_magic);
    buffer_put_u8(out, PROTOCOL_OLDEST);
    buffer_put_u8(out, PROTOCOL_NEWEST);
    buffer_put_u16(out, 0);
}

void frame_header(struct buffer *out, enum frame_type type, size_t length) {
    buffer_put_u8(out, (uint8_t)type);
    buffer_put_u32(out, (uint32_t)length);
}

void frame_winsize(struct buffer *out) {
    struct terminal terminal = terminal_facts();
    frame_header(out, FRAME_WINSIZE, 4);
    buffer_put_u16(out, terminal.columns);
    buffer_put_u16(out, terminal.rows);
}
