/*
 * Opens TCP connections one after the other, each closed at once with a reset, so that none stays in TIME_WAIT.
 *
 * usage: connection-rate serve PORT               accepts and closes until it is killed
 *        connection-rate ADDRESS PORT SECONDS     prints the connections a second
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const struct linger reset = {.l_onoff = 1, .l_linger = 0};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void serve(struct sockaddr_in *address)
{
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)address, sizeof *address) || listen(fd, 1024))
        die("listen");
    for (;;) {
        char ignored;
        int client = accept(fd, NULL, NULL);
        /* The client ends it: a reset from here might come before its connect() has returned. */
        if (client >= 0 && read(client, &ignored, 1) <= 0)
            close(client);
    }
}

static double rate(const struct sockaddr_in *address, double seconds)
{
    double start = now(), end = start + seconds, last = start;
    long count = 0;
    while (last < end) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fd, (const struct sockaddr *)address, sizeof *address))
            die("connect");
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(fd);
        count++;
        last = now();
    }
    return count / (last - start);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    if (argc == 3 && !strcmp(argv[1], "serve")) {
        address.sin_port = htons(atoi(argv[2]));
        serve(&address);
    }
    if (argc != 4 || inet_pton(AF_INET, argv[1], &address.sin_addr) != 1) {
        fprintf(stderr, "usage: connection-rate serve PORT | connection-rate ADDRESS PORT SECONDS\n");
        return 2;
    }
    address.sin_port = htons(atoi(argv[2]));
    printf("%.0f\n", rate(&address, atof(argv[3])));
    return 0;
}
