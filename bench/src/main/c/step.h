/*
 * Steps of a plan: whole processes with their input, run and timed.
 *
 * A plan has one step a line, fields between tabs:
 *   peer, step, file for stdin (or /dev/null), environment (KEY=VALUE words between spaces), command (words between
 *   spaces).
 * "#N" in input, environment and command becomes the round's number, "#PREV" in the input what the round's last
 * step of the same peer printed, if it printed something.
 */
#ifndef STEP_H
#define STEP_H
#include <stdbool.h>

enum { MAX_STEPS = 64, MAX_WORDS = 64, MAX_LINE = 4096, MAX_OUTPUT = 1 << 20 };

struct step {
    char *peer, *name, *input, *environment, *command;
    double *times;
};

/* What the steps of one round printed last, by peer. */
struct outputs {
    const char *peers[MAX_STEPS];
    char *texts[MAX_STEPS];
    int count;
};

double now_ms(void);
int read_plan(struct step *steps, int rounds);
void forget(struct outputs *outputs);

/* The time it took in ms; below 0 when it failed, which stands on standard error then. */
double run(const struct step *step, int round, struct outputs *outputs);

#endif
