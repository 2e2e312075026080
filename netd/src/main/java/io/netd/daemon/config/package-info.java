/** What the daemon is told: flags and {@code daemon.json}, read and judged before anything is done. */
@NullMarked
package io.netd.daemon.config;

import org.jspecify.annotations.NullMarked;
