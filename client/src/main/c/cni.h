/* The client as a CNI plugin. */
#ifndef NETD_CNI_H
#define NETD_CNI_H

/* Runs one plugin call; the process's exit code. */
int cni_main(const char *plugin);

#endif
