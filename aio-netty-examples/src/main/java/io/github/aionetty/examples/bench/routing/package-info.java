// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0

/** What the routing itself costs, against plain submissions. */
package io.github.aionetty.examples.bench.routing;
