@NullMarked
package io.netd.firewall.legacy;

import org.jspecify.annotations.NullMarked;
