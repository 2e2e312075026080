@NullMarked
package io.netd.firewall.ether;

import org.jspecify.annotations.NullMarked;
