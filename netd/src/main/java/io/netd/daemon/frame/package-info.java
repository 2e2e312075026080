/** The protocol between client and daemon (docs/protocol.md): bytes to values and back, pure. */
@NullMarked
package io.netd.daemon.frame;

import org.jspecify.annotations.NullMarked;
