/** Tests. */
@NullMarked
package io.netd.engine.journal;

import org.jspecify.annotations.NullMarked;
