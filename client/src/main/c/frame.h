/* The frames between client and daemon; docs/protocol.md says what each holds. */
#ifndef NETD_FRAME_H
#define NETD_FRAME_H

#include "buffer.h"

#define PREFACE_SIZE 8
#define PROTOCOL_OLDEST 1
#define PROTOCOL_NEWEST 1

#define FRAME_HEADER_SIZE 5
#define CONTROL_FRAME_LIMIT (64u * 1024)
#define DATA_CHUNK (64u * 1024)

enum frame_type {
    /* client to daemon */
    FRAME_CALL = 1,
    FRAME_STDIN = 2,
    FRAME_FILE_OPENED = 3,
    FRAME_FILE_DATA = 4,
    FRAME_FILE_ERROR = 5,
    FRAME_SIGNAL = 6,
    FRAME_WINSIZE = 7,
    /* daemon to client */
    FRAME_STDOUT = 16,
    FRAME_STDERR = 17,
    FRAME_EXIT = 18,
    FRAME_SIGNALS_ON = 19,
    FRAME_FILE_OPEN = 20,
    FRAME_FILE_READ = 21,
    FRAME_FILE_CLOSE = 22,
};

enum call_field {
    FIELD_NAME = 1,
    FIELD_ARGUMENT = 2,
    FIELD_ENVIRONMENT = 3,
    FIELD_DIRECTORY = 4,
    FIELD_DESCRIPTOR = 5,
    FIELD_TERMINAL = 6,
    FIELD_CLIENT_VERSION = 7,
    FIELD_NAMESPACE_ID = 8,
};

enum descriptor_kind { DESCRIPTOR_CONTAINER = 1, DESCRIPTOR_HOST = 2, DESCRIPTOR_ROOT = 3 };

extern const uint8_t frame_magic[4];

void frame_preface(struct buffer *out);
void frame_header(struct buffer *out, enum frame_type type, size_t length);
void frame_winsize(struct buffer *out);

#endif
