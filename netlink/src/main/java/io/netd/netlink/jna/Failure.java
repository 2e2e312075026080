package io.netd.netlink.jna;

import io.netd.linux.sys.Errno;

/**
 * The kernel's refusal of one message of a batch.
 *
 * @param index which message of the batch, from 0
 * @param errno why
 * @param text the extended acknowledgement's text, empty when there is none
 */
public record Failure(int index, Errno errno, String text) {}
