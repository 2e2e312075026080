#define _GNU_SOURCE
#include "cni_output.h"

#include "version.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const versions[] = {"0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"};
#define VERSION_COUNT (sizeof versions / sizeof *versions)
#define NEWEST versions[VERSION_COUNT - 1]

/* The release of the reference plugins whose options ours have: callers read it, nerdctl for one, to know what a plugin
   can do. Ours follows as what semantic versioning does not compare. */
#define REFERENCE "v1.9.1"

/* Plugins that came later than the protocol, as the reference has it. */
static size_t oldest_version(const char *plugin) {
    return strcmp(plugin, "firewall") == 0 ? 4 : 0;
}

int cni_print_about(const char *plugin) {
    size_t oldest = oldest_version(plugin);
    fprintf(stderr, "CNI %s plugin " REFERENCE "+netd.%s\nCNI protocol versions supported: ", plugin, NETD_VERSION);
    for (size_t i = oldest; i < VERSION_COUNT; i++)
        fprintf(stderr, "%s%s", i == oldest ? "" : ", ", versions[i]);
    fputc('\n', stderr);
    return 0;
}

int cni_print_versions(const char *plugin) {
    size_t oldest = oldest_version(plugin);
    printf("{\"cniVersion\":\"%s\",\"supportedVersions\":[", NEWEST);
    for (size_t i = oldest; i < VERSION_COUNT; i++)
        printf("%s\"%s\"", i == oldest ? "" : ",", versions[i]);
    puts("]}");
    return fflush(stdout) == 0 ? 0 : 1;
}

/* A plain look for "cniVersion": "x": the daemon parses, this only names a version it recognises. */
static const char *version_of(const struct buffer *config) {
    static const char key[] = "\"cniVersion\"";
    size_t size = buffer_size(config);
    if (size == 0)
        return NEWEST;
    const char *text = (const char *)config->data + config->start;
    const char *found = memmem(text, size, key, sizeof key - 1);
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

/* Length of the character in UTF-8 that the text begins with, 0 when it begins with none (RFC 3629, section 4). */
static size_t character(const unsigned char *text) {
    unsigned char first = text[0];
    if (first < 0x80)
        return 1;
    size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    unsigned char least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned char most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (first < 0xc2 || first > 0xf4 || text[1] < least || text[1] > most)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((text[i] & 0xc0) != 0x80)
            return 0;
    return size;
}

static void print_quoted(const char *text) {
    putchar('"');
    while (*text != '\0') {
        size_t size = character((const unsigned char *)text);
        unsigned char first = (unsigned char)*text;
        if (size == 0)
            fputs("\\ufffd", stdout);
        else if (first < 0x20)
            printf("\\u%04x", first);
        else
            printf("%s%.*s", first == '"' || first == '\\' ? "\\" : "", (int)size, text);
        text += size == 0 ? 1 : size;
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
