#include "buffer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

size_t buffer_size(const struct buffer *buffer) { return buffer->end - buffer->start; }

static void compact(struct buffer *buffer) {
    if (buffer->start == 0)
        return;
    memmove(buffer->data, buffer->data + buffer->start, buffer_size(buffer));
    buffer->end -= buffer->start;
    buffer->start = 0;
}

/* Memory that the process is born with: mapping some costs more than sending what most calls send. */
static uint8_t pool[64 << 10];
static size_t pool_used;

static bool is_pooled(const uint8_t *block) { return block >= pool && block < pool + sizeof pool; }

static uint8_t *allocate(size_t capacity) {
    if (capacity > sizeof pool - pool_used)
        return malloc(capacity);
    uint8_t *block = pool + pool_used;
    pool_used += capacity;
    return block;
}

void buffer_free(struct buffer *buffer) {
    if (!is_pooled(buffer->data))
        free(buffer->data);
    *buffer = (struct buffer){0};
}

static void grow(struct buffer *buffer, size_t capacity) {
    uint8_t *grown = allocate(capacity);
    if (grown == NULL) {
        static const char message[] = "netd: out of memory\n";
        ssize_t ignored = write(2, message, sizeof message - 1);
        (void)ignored;
        _exit(1);
    }
    /* Not realloc(): it would touch every page of the old block, used or not. */
    if (buffer->end > 0)
        memcpy(grown, buffer->data, buffer->end);
    if (!is_pooled(buffer->data))
        free(buffer->data);
    buffer->data = grown;
    buffer->capacity = capacity;
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t count) {
    if (buffer->capacity - buffer->end < count)
        compact(buffer);
    if (buffer->capacity - buffer->end < count) {
        size_t capacity = buffer->capacity ? buffer->capacity : 4096;
        while (capacity - buffer->end < count)
            capacity *= 2;
        grow(buffer, capacity);
    }
    return buffer->data + buffer->end;
}

void buffer_put(struct buffer *buffer, const void *bytes, size_t count) {
    if (count == 0)
        return;
    memcpy(buffer_reserve(buffer, count), bytes, count);
    buffer->end += count;
}

static void put_big_endian(struct buffer *buffer, uint64_t value, int count) {
    uint8_t bytes[8];
    for (int i = 0; i < count; i++)
        bytes[i] = (uint8_t)(value >> (8 * (count - 1 - i)));
    buffer_put(buffer, bytes, (size_t)count);
}

void buffer_put_u8(struct buffer *buffer, uint8_t value) { put_big_endian(buffer, value, 1); }

void buffer_put_u16(struct buffer *buffer, uint16_t value) { put_big_endian(buffer, value, 2); }

void buffer_put_u32(struct buffer *buffer, uint32_t value) { put_big_endian(buffer, value, 4); }

void buffer_put_u64(struct buffer *buffer, uint64_t value) { put_big_endian(buffer, value, 8); }

void buffer_take(struct buffer *buffer, size_t count) {
    buffer->start += count;
    if (buffer->start == buffer->end)
        buffer->start = buffer->end = 0;
}

uint32_t read_u32(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}
