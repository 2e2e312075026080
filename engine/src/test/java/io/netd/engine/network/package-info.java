/** Tests. */
@NullMarked
package io.netd.engine.network;

import org.jspecify.annotations.NullMarked;
