/* Text for a JSON string. */
#ifndef NETD_JSON_H
#define NETD_JSON_H

#include <stddef.h>

/* One byte becomes at most \uXXXX. */
enum { JSON_GROWTH = 6 };

/* Escapes into to (JSON_GROWTH times length fit); bytes that are no UTF-8 become \ufffd, as docker writes them. Returns the length. */
size_t json_escape(char *to, const char *text, size_t length);

#endif
