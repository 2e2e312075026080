@NullMarked
package io.netd.firewall.host;

import org.jspecify.annotations.NullMarked;
