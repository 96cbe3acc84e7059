// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The system calls of Linux native AIO and the memory layouts they share with the kernel.
 *
 * <p>{@link io.github.aionetty.nativeaio.Syscalls} is the seam: real calls are made by {@link
 * io.github.aionetty.nativeaio.LibAio}, and tests put a fake or a failing wrapper in its place.
 * Every call returns a value of zero or more, or a negated {@code errno}; see {@link
 * io.github.aionetty.nativeaio.Errno}. No type of Netty's transport, buffers or futures appears in
 * any signature.
 */
package io.github.aionetty.nativeaio;
