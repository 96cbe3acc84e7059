// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** How cost and memory grow with what is in flight, with loops, and with open files. */
package io.github.aionetty.examples.bench.scale;
