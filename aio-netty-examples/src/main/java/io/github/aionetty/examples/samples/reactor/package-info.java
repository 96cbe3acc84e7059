// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** Reactor Netty: a file as a {@code Flux}, and an upload, on the connection's loop. */
package io.github.aionetty.examples.samples.reactor;
