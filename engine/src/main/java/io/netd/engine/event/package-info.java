/** What the engine announces, after the fact. */
@NullMarked
package io.netd.engine.event;

import org.jspecify.annotations.NullMarked;
