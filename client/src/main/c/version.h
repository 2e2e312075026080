#ifndef NETD_VERSION_H
#define NETD_VERSION_H

#ifndef NETD_VERSION
#error "build.sh defines NETD_VERSION"
#endif

#endif
