// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** Reads and writes of one file, by this library and by others: {@code bench raw}. */
package io.github.aionetty.examples.bench.raw;
