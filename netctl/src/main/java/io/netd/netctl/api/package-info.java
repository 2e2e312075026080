/** What the commands need of the daemon, as values. */
@NullMarked
package io.netd.netctl.api;

import org.jspecify.annotations.NullMarked;
