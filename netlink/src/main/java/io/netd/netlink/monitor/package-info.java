/** The kernel's announcements about links and addresses. */
@NullMarked
package io.netd.netlink.monitor;

import org.jspecify.annotations.NullMarked;
