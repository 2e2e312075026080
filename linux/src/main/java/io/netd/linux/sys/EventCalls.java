package io.netd.linux.sys;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Calls about epoll and inotify. Each returns -1 on failure; events are byte arrays in native layout. */
public interface EventCalls {
    /** eventfd(2). */
    int eventfd(int initial, int flags);

    /** epoll_create1(2). */
    int epoll_create1(int flags);

    /** epoll_ctl(2). */
    int epoll_ctl(int epoll, int operation, int fd, @In byte[] event);

    /** epoll_wait(2). */
    int epoll_wait(int epoll, @Out byte[] events, int count, int milliseconds);

    /** inotify_init1(2). */
    int inotify_init1(int flags);

    /** inotify_add_watch(2). */
    int inotify_add_watch(int inotify, @In byte[] path, int mask);
}
