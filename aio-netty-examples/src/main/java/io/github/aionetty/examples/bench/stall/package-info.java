// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/**
 * How long operations stop an event loop while the disk is slow: {@code bench stall}, and the same
 * as a test.
 */
package io.github.aionetty.examples.bench.stall;
