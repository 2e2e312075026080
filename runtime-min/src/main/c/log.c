#include "log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "json.h"
#include "output.h"

bool log_open(struct log *log, const char *file, uint64_t limit) {
    struct stat status;
    *log = (struct log){.file = file, .limit = limit};
    log->fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (log->fd < 0 || fstat(log->fd, &status) != 0) {
        return false;
    }
    log->size = (uint64_t) status.st_size;
    return true;
}

static void rotate(struct log *log) {
    char old[4096];
    if (snprintf(old, sizeof old, "%s.1", log->file) >= (int) sizeof old || rename(log->file, old) != 0) {
        return;
    }
    close(log->fd);
    log_open(log, log->file, log->limit);
}

static size_t time_text(char *to, size_t room) {
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    return (size_t) snprintf(
        to,
        room,
        "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ",
        parts.tm_year + 1900,
        parts.tm_mon + 1,
        parts.tm_mday,
        parts.tm_hour,
        parts.tm_min,
        parts.tm_sec,
        now.tv_nsec);
}

void log_write(struct log *log, const char *stream, const char *text, size_t length) {
    static char line[PIECE * JSON_GROWTH + 128];
    char when[80];
    time_text(when, sizeof when);
    size_t at = (size_t) sprintf(line, "{\"log\":\"");
    at += json_escape(line + at, text, length);
    at += (size_t) sprintf(line + at, "\",\"stream\":\"%s\",\"time\":\"%s\"}\n", stream, when);
    if (log->limit != 0 && log->size + at > log->limit && log->size > 0) {
        rotate(log);
    }
    ssize_t written = log->fd < 0 ? -1 : write(log->fd, line, at);
    if (written > 0) {
        log->size += (uint64_t) written;
    }
    if (written > 0 && (size_t) written < at && ftruncate(log->fd, (off_t) (log->size - (uint64_t) written)) == 0) {
        log->size -= (uint64_t) written;
    }
}

void log_close(struct log *log) {
    close(log->fd);
}
