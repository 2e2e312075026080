/** Where clients come in: the listening sockets, their connections, and what a connection turns into. */
@NullMarked
package io.netd.daemon.door;

import org.jspecify.annotations.NullMarked;
