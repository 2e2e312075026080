/** Sockets that hold a port. */
@NullMarked
package io.netd.linux.net;

import org.jspecify.annotations.NullMarked;
