// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** Says where the micro-benchmarks are: {@code bench micro}. */
package io.github.aionetty.examples.bench.micro;
