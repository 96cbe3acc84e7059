// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Files on Netty's event loop, by Linux kernel AIO.
 *
 * <p>{@link io.github.aionetty.AioContext#of} gives the context of an event loop, {@link
 * io.github.aionetty.AioContext#open} a file, and every {@link io.github.aionetty.AioFile}
 * operation a Netty {@link io.netty.util.concurrent.Future} that completes on that loop.
 */
package io.github.aionetty;
