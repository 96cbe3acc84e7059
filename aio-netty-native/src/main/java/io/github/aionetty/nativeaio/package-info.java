// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Linux kernel AIO as it is: system calls that answer with a value or a negative error number, and
 * views of the structures they share with the kernel. Nothing here knows a Netty event loop, buffer
 * or future; io.github.aionetty builds those on top.
 */
package io.github.aionetty.nativeaio;
