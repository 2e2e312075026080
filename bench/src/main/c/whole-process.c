/*
 * Times whole processes, interleaved: in each round every step of the plan runs once, in order.
 *
 * usage: whole-process ROUNDS WARM-UP <PLAN
 * A plan has one step a line, fields between tabs:
 *   peer, step, file for stdin (or /dev/null), environment (KEY=VALUE words between spaces), command (words between
 *   spaces). "#N" in environment and command becomes the round's number.
 * Prints per step: peer, step, median and 90th percentile in ms, and how many times the first peer's median of the
 * same step that is. A step that fails ends the run with its name and exit code.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_STEPS = 64, MAX_WORDS = 64, MAX_LINE = 4096 };

struct step {
    char *peer, *name, *input, *environment, *command;
    double *times;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* Copies text with every "#N" replaced by the round; the caller frees. */
static char *with_round(const char *text, int round)
{
    char *copy = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&copy, &size);
    for (; *text; text++) {
        if (text[0] == '#' && text[1] == 'N') {
            fprintf(out, "%d", round);
            text++;
        } else {
            fputc(*text, out);
        }
    }
    fclose(out);
    return copy;
}

static void split(char *text, char **words)
{
    int count = 0;
    for (char *word = strtok(text, " "); word && count < MAX_WORDS - 1; word = strtok(NULL, " "))
        words[count++] = word;
    words[count] = NULL;
}

static double run(const struct step *step, int round)
{
    char *environment = with_round(step->environment, round), *command = with_round(step->command, round);
    char *env[MAX_WORDS], *argv[MAX_WORDS];
    split(environment, env);
    split(command, argv);
    int input = open(step->input, O_RDONLY | O_CLOEXEC), output = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (input < 0 || output < 0)
        die(step->input);
    int status;
    double start = now_ms();
    /* Not posix_spawn(), whose hundred calls to reset signals would be counted too. */
    pid_t pid = vfork();
    if (pid == 0) {
        dup2(input, 0);
        dup2(output, 1);
        execve(argv[0], argv, env);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, &status, 0) < 0)
        die(argv[0]);
    double took = now_ms() - start;
    if (status != 0) {
        fprintf(stderr, "%s %s failed in round %d, wait status %d\n", step->peer, step->name, round, status);
        exit(1);
    }
    close(input);
    close(output);
    free(environment);
    free(command);
    return took;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int read_plan(struct step *steps, int rounds)
{
    char line[MAX_LINE];
    int count = 0;
    while (count < MAX_STEPS && fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *rest = strdup(line);
        struct step *s = &steps[count];
        s->peer = strsep(&rest, "\t");
        s->name = strsep(&rest, "\t");
        s->input = strsep(&rest, "\t");
        s->environment = strsep(&rest, "\t");
        s->command = rest;
        if (!rest) {
            fprintf(stderr, "not a step: %s\n", line);
            exit(2);
        }
        s->times = calloc(rounds, sizeof *s->times);
        count++;
    }
    return count;
}

static double median_of(struct step *steps, int count, int rounds, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(steps[i].name, name))
            return steps[i].times[rounds / 2];
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: whole-process ROUNDS WARM-UP <PLAN\n");
        return 2;
    }
    int rounds = atoi(argv[1]), warm_up = atoi(argv[2]);
    if (rounds < 1 || warm_up < 0) {
        fprintf(stderr, "whole-process: ROUNDS and WARM-UP are counts\n");
        return 2;
    }
    struct step steps[MAX_STEPS];
    int count = read_plan(steps, rounds);
    for (int round = 0; round < warm_up + rounds; round++)
        for (int i = 0; i < count; i++) {
            double took = run(&steps[i], round);
            if (round >= warm_up)
                steps[i].times[round - warm_up] = took;
        }
    for (int i = 0; i < count; i++)
        qsort(steps[i].times, rounds, sizeof(double), ascending);
    printf("%-12s %-10s %12s %12s %10s\n", "peer", "step", "median ms", "p90 ms", "ratio");
    for (int i = 0; i < count; i++) {
        double median = steps[i].times[rounds / 2];
        printf("%-12s %-10s %12.2f %12.2f %9.1fx\n", steps[i].peer, steps[i].name, median,
               steps[i].times[rounds * 9 / 10], median / median_of(steps, count, rounds, steps[i].name));
    }
    return 0;
}
