/* One call's conversation with the daemon. */
#ifndef NETD_RELAY_H
#define NETD_RELAY_H

#include "buffer.h"
#include "files.h"

#include <stdbool.h>

/* One byte more than the daemon takes, so that it can tell that there was too much. */
#define STDIN_LIMIT (1024u * 1024 + 1)

enum outcome {
    OUTCOME_RUNNING,
    OUTCOME_EXITED,       /* exit_code holds the daemon's word */
    OUTCOME_SILENT,       /* the daemon did not answer within the time */
    OUTCOME_GONE,         /* the connection ended before EXIT */
    OUTCOME_INCOMPATIBLE, /* no protocol version in common, or not our protocol at all */
};

struct relay {
    int socket;
    struct buffer to_daemon;
    struct buffer from_daemon;
    bool is_answered;     /* the daemon has named the version */
    bool is_exiting;      /* EXIT has come */
    int exit_code;
    int output_fd;        /* where the rest of the present STDOUT or STDERR frame goes */
    size_t output_left;
    int signals;          /* signalfd, -1 until SIGNALS_ON */
    struct files files;
    bool is_streaming;    /* standard input goes out unasked (CNI) */
    struct buffer input;  /* copy of the streamed standard input */
    int64_t deadline;     /* monotonic ms; counts until answered, or to the end with is_deadline_final */
    bool is_deadline_final;
};

int64_t monotonic_ms(void);

/* Runs until the daemon says EXIT or fails to. */
enum outcome relay_run(struct relay *relay);

/* Closes and gives back everything the conversation holds, whether it ran or not. */
void relay_close(struct relay *relay);

/* Reads what is left of standard input into the copy, waiting for it. */
void relay_finish_input(struct relay *relay);

#endif
