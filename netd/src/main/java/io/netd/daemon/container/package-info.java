/** netd's own containers between the runtime and the engine. */
@NullMarked
package io.netd.daemon.container;

import org.jspecify.annotations.NullMarked;
