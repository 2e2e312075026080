#include "json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Length of the well-formed UTF-8 character at the start of the text, 0 when there is none (also over-long forms, surrogates, beyond U+10FFFF). */
static size_t character(const unsigned char *text, size_t length) {
    if (text[0] < 0x80) {
        return 1;
    }
    size_t size = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;
    if (text[0] < 0xc2 || text[0] > 0xf4 || size > length) {
        return 0;
    }
    uint32_t point = text[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((text[i] & 0xc0) != 0x80) {
            return 0;
        }
        point = point << 6 | (text[i] & 0x3f);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return point < least[size] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0 : size;
}

static size_t escape_ascii(char *to, unsigned char c) {
    static const char named[] = "\"\"\\\\\nn\rr\tt";
    for (const char *pair = named; *pair != 0; pair += 2) {
        if (*pair == (char) c) {
            to[0] = '\\';
            to[1] = pair[1];
            return 2;
        }
    }
    if (c < 0x20 || c == 0x7f || c == '<' || c == '>' || c == '&') {
        char text[JSON_GROWTH + 1];
        snprintf(text, sizeof text, "\\u%04x", c);
        memcpy(to, text, JSON_GROWTH);
        return JSON_GROWTH;
    }
    to[0] = (char) c;
    return 1;
}

size_t json_escape(char *to, const char *text, size_t length) {
    const unsigned char *from = (const unsigned char *) text;
    size_t at = 0;
    for (size_t i = 0; i < length;) {
        size_t size = character(from + i, length - i);
        if (size == 1) {
            at += escape_ascii(to + at, from[i]);
        } else if (size == 0) {
            memcpy(to + at, "\\ufffd", JSON_GROWTH);
            at += JSON_GROWTH;
        } else {
            memcpy(to + at, from + i, size);
            at += size;
        }
        i += size == 0 ? 1 : size;
    }
    return at;
}
