#define _GNU_SOURCE
#include "cni_output.h"

#include "version.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const versions[] = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"};
#define VERSION_COUNT (sizeof versions / sizeof *versions)
#define NEWEST versions[VERSION_COUNT - 1]

int cni_print_about(const char *plugin) {
    fprintf(stderr, "CNI %s plugin netd %s\nCNI protocol versions supported: ", plugin, NETD_VERSION);
    for (size_t i = 0; i < VERSION_COUNT; i++)
        fprintf(stderr, "%s%s", i == 0 ? "" : ", ", versions[i]);
    fputc('\n', stderr);
    return 0;
}

int cni_print_versions(void) {
    printf("{\"cniVersion\":\"%s\",\"supportedVersions\":[", NEWEST);
    for (size_t i = 0; i < VERSION_COUNT; i++)
        printf("%s\"%s\"", i == 0 ? "" : ",", versions[i]);
    puts("]}");
    return fflush(stdout) == 0 ? 0 : 1;
}

/* A plain look for "cniVersion": "x": the daemon parses, this only names a version it recognises. */
static const char *version_of(const struct buffer *config) {
    static const char key[] = "\"cniVersion\"";
    const char *text = (const char *)config->data + config->start;
    size_t size = buffer_size(config);
    const char *found = size == 0 ? NULL : memmem(text, size, key, sizeof key - 1);
    if (found == NULL)
        return NEWEST;
    const char *end = text + size;
    found += sizeof key - 1;
    while (found < end && (isspace((unsigned char)*found) || *found == ':'))
        found++;
    for (size_t i = 0; i < VERSION_COUNT; i++)
        if (end - found >= 7 && found[0] == '"' && memcmp(found + 1, versions[i], 5) == 0 && found[6] == '"')
            return versions[i];
    return NEWEST;
}

static void print_quoted(const char *text) {
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < 0x20)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

int cni_print_error(const struct buffer *config, enum cni_code code, const char *message) {
    printf("{\"cniVersion\":\"%s\",\"code\":%d,\"msg\":", version_of(config), code);
    print_quoted(message);
    puts(",\"details\":\"\"}");
    fflush(stdout);
    return 1;
}
