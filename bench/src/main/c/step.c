#define _GNU_SOURCE
#include "step.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double now_ms(void)
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

/* The caller frees. */
static char *filled(const char *text, int round, const char *previous)
{
    char *copy = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&copy, &size);
    while (*text) {
        if (!strncmp(text, "#N", 2)) {
            fprintf(out, "%d", round);
            text += 2;
        } else if (!strncmp(text, "#PREV", 5)) {
            fputs(previous, out);
            text += 5;
        } else {
            fputc(*text++, out);
        }
    }
    fclose(out);
    return copy;
}

static void split(char *text, char **words)
{
    int count = 0;
    char *place = NULL;
    for (char *word = strtok_r(text, " ", &place); word && count < MAX_WORDS - 1; word = strtok_r(NULL, " ", &place))
        words[count++] = word;
    words[count] = NULL;
}

static char **output_of(struct outputs *outputs, const char *peer)
{
    for (int i = 0; i < outputs->count; i++)
        if (!strcmp(outputs->peers[i], peer))
            return &outputs->texts[i];
    outputs->peers[outputs->count] = peer;
    outputs->texts[outputs->count] = strdup("");
    return &outputs->texts[outputs->count++];
}

void forget(struct outputs *outputs)
{
    for (int i = 0; i < outputs->count; i++)
        free(outputs->texts[i]);
    outputs->count = 0;
}

static int memory_file(const char *name)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0)
        die("memfd_create");
    return fd;
}

static char *content_of(const char *path)
{
    char *text = calloc(1, MAX_OUTPUT);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, text, MAX_OUTPUT - 1) < 0)
        die(path);
    close(fd);
    return text;
}

static int input_of(const struct step *step, int round, const char *previous)
{
    char *template = content_of(step->input), *text = filled(template, round, previous);
    int fd = memory_file("input");
    if (write(fd, text, strlen(text)) < 0 || lseek(fd, 0, SEEK_SET) < 0)
        die("input");
    free(template);
    free(text);
    return fd;
}

/* Keeps what was printed, for the peer's next step. */
static void keep(int output, char **kept)
{
    char *text = calloc(1, MAX_OUTPUT);
    if (pread(output, text, MAX_OUTPUT - 1, 0) > 0) {
        free(*kept);
        *kept = text;
    } else {
        free(text);
    }
}

/* The time in ms from the start to the end of a process. */
static double timed(char **argv, char **env, int input, int output, int *status)
{
    double start = now_ms();
    /* Not posix_spawn(), whose hundred calls to reset signals would be counted too. */
    pid_t pid = vfork();
    if (pid == 0) {
        dup2(input, 0);
        dup2(output, 1);
        execve(argv[0], argv, env);
        _exit(127);
    }
    if (pid < 0 || waitpid(pid, status, 0) < 0)
        die(argv[0]);
    return now_ms() - start;
}

double run(const struct step *step, int round, struct outputs *outputs)
{
    char **previous = output_of(outputs, step->peer);
    char *environment = filled(step->environment, round, ""), *command = filled(step->command, round, "");
    char *env[MAX_WORDS], *argv[MAX_WORDS];
    split(environment, env);
    split(command, argv);
    int input = input_of(step, round, *previous), output = memory_file("output");
    int status;
    double took = timed(argv, env, input, output, &status);
    keep(output, previous);
    if (status != 0) {
        fprintf(stderr, "%s %s failed in round %d, wait status %d: %s\n", step->peer, step->name, round, status,
                *previous);
        took = -1;
    }
    close(input);
    close(output);
    free(environment);
    free(command);
    return took;
}

int read_plan(struct step *steps, int rounds)
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
