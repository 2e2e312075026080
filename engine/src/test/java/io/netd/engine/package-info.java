/** Tests. */
@NullMarked
package io.netd.engine;

import org.jspecify.annotations.NullMarked;
