// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** The benchmarks, and what they share. */
package io.github.aionetty.examples.bench;
