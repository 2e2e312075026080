/** Tables, JSON and durations as docker prints them. */
@NullMarked
package io.netd.netctl.output;

import org.jspecify.annotations.NullMarked;
