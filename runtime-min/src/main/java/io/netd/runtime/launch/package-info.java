/** Talking to the launcher: what it is told and what it answers. */
@NullMarked
package io.netd.runtime.launch;

import org.jspecify.annotations.NullMarked;
