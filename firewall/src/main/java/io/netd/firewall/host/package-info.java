/** Which frameworks a host has, and what reaches them. */
@NullMarked
package io.netd.firewall.host;

import org.jspecify.annotations.NullMarked;
