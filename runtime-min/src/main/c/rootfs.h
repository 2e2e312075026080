/* The container's file system tree, built in its own mount namespace: the host's mount table never shows it. */
#ifndef NETD_ROOTFS_H
#define NETD_ROOTFS_H

#include "config.h"

/* Builds the tree and makes it the root of this process; ends the process on failure. */
void rootfs_enter(const struct config *config);

#endif
