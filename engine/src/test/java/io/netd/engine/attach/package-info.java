/** Tests. */
@NullMarked
package io.netd.engine.attach;

import org.jspecify.annotations.NullMarked;
