/** Carries what the host sends to its own ::1 on to containers. */
@NullMarked
package io.netd.portmap.relay;

import org.jspecify.annotations.NullMarked;
