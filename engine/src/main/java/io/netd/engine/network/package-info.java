/** netd's own networks and the containers on them. */
@NullMarked
package io.netd.engine.network;

import org.jspecify.annotations.NullMarked;
