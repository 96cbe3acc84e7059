// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** This library in a benchmark of many: {@code bench peers}. */
package io.github.aionetty.examples.bench.peers;
