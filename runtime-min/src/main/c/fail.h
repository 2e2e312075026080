/* How a step that went wrong is told: to the daemon as a line of data, in exec mode to the user on stderr. */
#ifndef NETD_FAIL_H
#define NETD_FAIL_H

enum { RUNTIME_FAILED = 125, CANNOT_EXECUTE = 126, NOT_FOUND = 127 };

/* Where failures of this process go from now on; 2 means plain text for a person. */
void fail_to(int fd);

/* Reports "failed CODE ERRNO text" (with the errno's own words when it is not 0) and ends the process with the code. */
_Noreturn void fail(int code, int error, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
