/** What a container publishes and exposes, as its annotations say it. */
@NullMarked
package io.netd.daemon.publish;

import org.jspecify.annotations.NullMarked;
