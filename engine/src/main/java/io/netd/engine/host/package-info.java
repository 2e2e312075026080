/** The host of a request, opened and closed with it. */
@NullMarked
package io.netd.engine.host;

import org.jspecify.annotations.NullMarked;
