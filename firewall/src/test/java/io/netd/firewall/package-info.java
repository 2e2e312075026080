@NullMarked
package io.netd.firewall;

import org.jspecify.annotations.NullMarked;
