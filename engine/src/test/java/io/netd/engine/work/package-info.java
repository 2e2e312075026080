/** Tests. */
@NullMarked
package io.netd.engine.work;

import org.jspecify.annotations.NullMarked;
