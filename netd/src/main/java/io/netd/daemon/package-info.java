/** The daemon: its start and end, and how its parts are put together. */
@NullMarked
package io.netd.daemon;

import org.jspecify.annotations.NullMarked;
