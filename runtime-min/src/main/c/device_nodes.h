/* The device nodes that every container has. */
#ifndef NETD_DEVICE_NODES_H
#define NETD_DEVICE_NODES_H

/* Makes docker's default nodes and links in the fresh /dev; ends the process on failure. */
void device_nodes_make(int dev);

#endif
