/** Plugin calls that nobody means: generated from what real clients send, and what every answer must be. */
@NullMarked
package io.netd.daemon.fuzz;

import org.jspecify.annotations.NullMarked;
