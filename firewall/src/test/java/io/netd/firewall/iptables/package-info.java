@NullMarked
package io.netd.firewall.iptables;

import org.jspecify.annotations.NullMarked;
