/** Plugin calls between the door and the engine: from a caller's bytes and open files to a request, and back to JSON. */
@NullMarked
package io.netd.daemon.plugin;

import org.jspecify.annotations.NullMarked;
