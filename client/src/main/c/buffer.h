/* A growing byte buffer: bytes are appended at the end and taken from the start. */
#ifndef NETD_BUFFER_H
#define NETD_BUFFER_H

#include <stddef.h>
#include <stdint.h>

struct buffer {
    uint8_t *data;
    size_t start;
    size_t end;
    size_t capacity;
};

size_t buffer_size(const struct buffer *buffer);

/* Room for count more bytes at the end; ends the process when memory is out. */
uint8_t *buffer_reserve(struct buffer *buffer, size_t count);

/* Gives the memory back; the buffer is empty and may be used again. */
void buffer_free(struct buffer *buffer);

void buffer_put(struct buffer *buffer, const void *bytes, size_t count);
void buffer_put_u8(struct buffer *buffer, uint8_t value);
void buffer_put_u16(struct buffer *buffer, uint16_t value);
void buffer_put_u32(struct buffer *buffer, uint32_t value);
void buffer_put_u64(struct buffer *buffer, uint64_t value);

/* Drops count bytes from the start. */
void buffer_take(struct buffer *buffer, size_t count);

uint32_t read_u32(const uint8_t *bytes);

#endif
