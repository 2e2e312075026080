package io.netd.linux.sys;

/** Numbers from the kernel's headers, under the kernel's names, grouped by header. */
public final class Constants {
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    // asm/fcntl.h and asm-generic/fcntl.h
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    public static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int F_DUPFD_CLOEXEC = 1030;
    public static final int LOCK_EX = 2;
    public static final int LOCK_NB = 4;
    public static final int LOCK_UN = 8;

    // linux/fcntl.h and linux/stat.h
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int STATX_INO = 0x100;

    // linux/sched.h
    public static final int CLONE_NEWNS = 0x20000;
    public static final int CLONE_NEWUTS = 0x4000000;
    public static final int CLONE_NEWIPC = 0x8000000;
    public static final int CLONE_NEWNET = 0x40000000;

    // linux/nsfs.h
    public static final long NS_GET_NSTYPE = 0xb703;

    // linux/mount.h
    public static final long MS_RDONLY = 1;
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_REMOUNT = 32;
    public static final long MS_BIND = 4096;
    public static final long MS_REC = 16384;
    public static final long MS_PRIVATE = 1 << 18;
    public static final long MS_SLAVE = 1 << 19;
    public static final long MS_SHARED = 1 << 20;
    // linux/fs.h
    public static final int MNT_DETACH = 2;
    public static final int UMOUNT_NOFOLLOW = 8;

    // linux/stat.h
    public static final int S_IFIFO = 0x1000;
    public static final int S_IFCHR = 0x2000;
    public static final int S_IFBLK = 0x6000;

    // linux/socket.h, asm-generic/socket.h
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_PACKET = 17;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_SEQPACKET = 5;
    public static final int SOCK_CLOEXEC = O_CLOEXEC;
    public static final int SOCK_NONBLOCK = O_NONBLOCK;
    public static final int SOL_SOCKET = 1;
    public static final int SO_REUSEADDR = 2;
    public static final int SO_LINGER = 13;
    public static final int SO_REUSEPORT = 15;
    public static final int SO_ATTACH_FILTER = 26;
    public static final int SO_LOCK_FILTER = 44;
    public static final int SO_ATTACH_BPF = 50;
    public static final int SO_NETNS_COOKIE = 71;
    public static final int IPPROTO_TCP = 6;
    public static final int TCP_NODELAY = 1;
    public static final int IPPROTO_IPV6 = 41;
    public static final int IPPROTO_RAW = 255;
    public static final int IPV6_V6ONLY = 26;
    public static final int MSG_NOSIGNAL = 0x4000;
    public static final int SHUT_WR = 1;

    // linux/openat2.h
    public static final long RESOLVE_IN_ROOT = 0x10;
    public static final long RESOLVE_NO_MAGICLINKS = 0x02;

    // asm/unistd_64.h and asm-generic/unistd.h: the same numbers on x86_64 and aarch64
    public static final long SYS_PIDFD_SEND_SIGNAL = 424;
    public static final long SYS_PIDFD_OPEN = 434;
    public static final long SYS_OPENAT2 = 437;

    // sys/epoll.h
    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;
    public static final int EPOLLIN = 1;
    public static final int EPOLLOUT = 4;
    public static final int EPOLLRDHUP = 0x2000;
    public static final long EPOLLET = 1L << 31;

    // linux/inotify.h
    public static final int IN_CLOSE_WRITE = 8;
    public static final int IN_CLOSE_NOWRITE = 16;

    // asm/signal.h
    public static final int SIGHUP = 1;
    public static final int SIGINT = 2;
    public static final int SIGKILL = 9;
    public static final int SIGTERM = 15;

    private Constants() {}
}
