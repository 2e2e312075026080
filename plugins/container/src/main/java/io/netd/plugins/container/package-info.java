/** The container mode: one container shares the namespace of another. */
@NullMarked
package io.netd.plugins.container;

import org.jspecify.annotations.NullMarked;
