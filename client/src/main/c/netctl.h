/* The client as the command line. */
#ifndef NETD_NETCTL_H
#define NETD_NETCTL_H

/* Runs one command; argv without the program's name. The process's exit code. */
int netctl_main(int argc, char **argv);

#endif
