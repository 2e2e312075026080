/** Where work runs: queues in order, kernel workers. */
@NullMarked
package io.netd.engine.work;

import org.jspecify.annotations.NullMarked;
