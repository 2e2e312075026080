/** The bus: what is asked and announced on it, and in which form (docs/events.md). */
@NullMarked
package io.netd.daemon.event;

import org.jspecify.annotations.NullMarked;
