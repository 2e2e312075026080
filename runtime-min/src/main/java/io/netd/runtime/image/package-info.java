/** Images and their layers on disk. */
@NullMarked
package io.netd.runtime.image;

import org.jspecify.annotations.NullMarked;
