/*
 * Runs the steps of a plan (step.h) for many rounds, several rounds at once.
 *
 * usage: burst FIRST ROUNDS AT-ONCE <PLAN
 * Rounds are numbered from FIRST. Prints how long all of it took, what that is a round, and how many rounds failed.
 */
#define _GNU_SOURCE
#include "step.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
    atomic_int next, failed;
};

/* One of those that run rounds, a process of its own. */
static void work(struct shared *shared, struct step *steps, int count, int first, int rounds)
{
    struct outputs outputs = {.count = 0};
    for (int round; (round = atomic_fetch_add(&shared->next, 1)) < rounds; forget(&outputs)) {
        bool failed = false;
        for (int i = 0; i < count && !failed; i++)
            failed = run(&steps[i], first + round, &outputs) < 0;
        if (failed)
            atomic_fetch_add(&shared->failed, 1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: burst FIRST ROUNDS AT-ONCE <PLAN\n");
        return 2;
    }
    int first = atoi(argv[1]), rounds = atoi(argv[2]), at_once = atoi(argv[3]);
    if (rounds < 1 || at_once < 1) {
        fprintf(stderr, "burst: ROUNDS and AT-ONCE are counts\n");
        return 2;
    }
    struct step steps[MAX_STEPS];
    int count = read_plan(steps, 1);
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    double start = now_ms();
    for (int i = 0; i < at_once; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            work(shared, steps, count, first, rounds);
            _exit(0);
        }
    }
    while (wait(NULL) > 0) {
    }
    double took = now_ms() - start;
    printf("%-12s %-10s %5d rounds, %2d at once: %9.1f ms, %7.2f ms each, %d failed\n", steps[0].peer, steps[0].name,
           rounds, at_once, took, took / rounds, shared->failed);
    return shared->failed != 0;
}
