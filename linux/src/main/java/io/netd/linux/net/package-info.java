/** Sockets that hold a port, and those that never wait. */
@NullMarked
package io.netd.linux.net;

import org.jspecify.annotations.NullMarked;
