/* What a container may see of proc and sys but not read or write, as docker has it. Called with the container's root as root. */
#ifndef NETD_MASKS_H
#define NETD_MASKS_H

/* Masks and write-protects; a missing path is skipped, any other failure ends the process. */
void masks_apply(void);

/* Write-protects the root file system. */
void masks_read_only_root(void);

#endif
