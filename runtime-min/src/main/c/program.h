/* Finding and executing a program. */
#ifndef NETD_PROGRAM_H
#define NETD_PROGRAM_H

/*
 * execve, searched in the PATH of the given environment when the name has no slash; HOME is added when it is not there.
 * Ends the process with 127 when there is no such program, 126 when it cannot be executed.
 */
_Noreturn void program_exec(char **argv, char **environment, const char *home);

#endif
