// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** Vert.x 5: a file piped to a response, and a request piped to a file, on Vert.x' own loops. */
package io.github.aionetty.examples.samples.vertx;
