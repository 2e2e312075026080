@NullMarked
package io.netd.plugins.spi;

import org.jspecify.annotations.NullMarked;
