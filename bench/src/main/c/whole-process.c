/*
 * Times whole processes, interleaved: in each round every step of the plan (step.h) runs once, in order.
 *
 * usage: whole-process ROUNDS WARM-UP <PLAN
 * Steps of one peer with one name are links of a chain, whose times are added up. The peer "-" prepares: its steps are
 * run and not counted.
 * Prints per peer and name: median and 90th percentile in ms, and how many times the first peer's median of the same
 * name that is. A step that fails ends the run with its name, exit code and answer.
 */
#include "step.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool same(const struct step *a, const struct step *b)
{
    return !strcmp(a->peer, b->peer) && !strcmp(a->name, b->name);
}

/* Adds the times of later links to the first one's; the steps that remain. */
static int add_up(struct step *steps, int count, int rounds)
{
    int kept = 0;
    for (int i = 0; i < count; i++) {
        int first = 0;
        while (first < kept && !same(&steps[first], &steps[i]))
            first++;
        if (!strcmp(steps[i].peer, "-"))
            continue;
        if (first == kept) {
            steps[kept++] = steps[i];
            continue;
        }
        for (int round = 0; round < rounds; round++)
            steps[first].times[round] += steps[i].times[round];
    }
    return kept;
}

static double median_of(struct step *steps, int count, int rounds, const char *name)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(steps[i].name, name))
            return steps[i].times[rounds / 2];
    return 0;
}

static void print(struct step *steps, int count, int rounds)
{
    for (int i = 0; i < count; i++)
        qsort(steps[i].times, rounds, sizeof(double), ascending);
    printf("%-14s %-13s %12s %12s %10s\n", "peer", "step", "median ms", "p90 ms", "ratio");
    for (int i = 0; i < count; i++) {
        double median = steps[i].times[rounds / 2];
        printf("%-14s %-13s %12.2f %12.2f %9.1fx\n", steps[i].peer, steps[i].name, median,
               steps[i].times[rounds * 9 / 10], median / median_of(steps, count, rounds, steps[i].name));
    }
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
    struct outputs outputs = {.count = 0};
    int count = read_plan(steps, rounds);
    for (int round = 0; round < warm_up + rounds; round++) {
        for (int i = 0; i < count; i++) {
            double took = run(&steps[i], round, &outputs);
            if (took < 0)
                return 1;
            if (round >= warm_up)
                steps[i].times[round - warm_up] = took;
        }
        forget(&outputs);
    }
    print(steps, add_up(steps, count, rounds), rounds);
    return 0;
}
