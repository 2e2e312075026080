package io.netd.linux.sys;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** Calls about epoll. Each returns -1 on failure; events are byte arrays in native layout. */
public interface EventCalls {
    int eventfd(int initial, int flags);

    int epoll_create1(int flags);

    int epoll_ctl(int epoll, int operation, int fd, @In byte[] event);

    int epoll_wait(int epoll, @Out byte[] events, int count, int milliseconds);
}
