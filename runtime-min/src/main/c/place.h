/* Mount points as handles: resolved once inside the container's root, then only used by number, never by a joined path. */
#ifndef NETD_PLACE_H
#define NETD_PLACE_H

/* A real directory (no symlink) directly below the parent, made when missing; ends the process when something else is there. */
int place_directory(int parent, const char *name);

/* A path below the directory that must not lead out of it; -1 when it is not there. */
int place_existing(int directory, const char *path);

/* A regular file in /etc of the root, made when missing; a dangling symlink of that name is replaced. */
int place_file_in_etc(int root, const char *name);

/* mount(2) onto the handle; ends the process on failure. */
void place_mount(int place, const char *source, const char *type, unsigned long flags, const char *data);

#endif
