#include "fail.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io.h"

static int report = STDERR_FILENO;

void fail_to(int fd) {
    report = fd;
}

void fail(int code, int error, const char *format, ...) {
    char text[600];
    char line[800];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    const char *colon = error != 0 ? ": " : "";
    char words[80] = "";
    if (error != 0) {
        /* Docker's users know these texts with a small first letter. */
        snprintf(words, sizeof words, "%s", strerror(error));
        words[0] = (char) tolower((unsigned char) words[0]);
    }
    int length = report == STDERR_FILENO
                     ? snprintf(line, sizeof line, "%s%s%s\n", text, colon, words)
                     : snprintf(line, sizeof line, "failed %d %d %s%s%s\n", code, error, text, colon, words);
    if (length >= (int) sizeof line) {
        length = (int) sizeof line - 1;
    }
    write_all(report, line, (size_t) length);
    _exit(code);
}
