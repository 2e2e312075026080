/* Users as the container's own passwd and group files know them; no library looks anything up (CVE-2019-14271). */
#ifndef NETD_USER_H
#define NETD_USER_H

#include <stddef.h>
#include <sys/types.h>

enum { GROUPS = 64 };

struct user {
    uid_t uid;
    gid_t gid;
    gid_t groups[GROUPS];
    size_t group_count;
    char home[4096];
};

/* Finds name|uid[:group|gid]; the empty text means root. Ends the process with 125 when a name is unknown. */
void user_find(const char *text, struct user *user);

#endif
