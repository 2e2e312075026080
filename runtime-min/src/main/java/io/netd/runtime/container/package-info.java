/** The life of containers: what is on disk about them, how they start, end and are found again. */
@NullMarked
package io.netd.runtime.container;

import org.jspecify.annotations.NullMarked;
