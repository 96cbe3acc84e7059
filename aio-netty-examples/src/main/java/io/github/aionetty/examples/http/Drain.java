// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

/** Told to each connection when the server stops: finish the response in flight, then close. */
enum Drain {
    INSTANCE
}
