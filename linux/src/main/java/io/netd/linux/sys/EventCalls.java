package io.netd.linux.sys;

/** Calls about epoll. Each returns -1 on failure; events are byte arrays in native layout. */
public interface EventCalls {
    int epoll_create1(int flags);

    int epoll_ctl(int epoll, int operation, int fd, byte[] event);

    int epoll_wait(int epoll, byte[] events, int count, int milliseconds);
}
