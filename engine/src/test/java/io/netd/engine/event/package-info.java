/** Tests of events. */
@NullMarked
package io.netd.engine.event;

import org.jspecify.annotations.NullMarked;
