// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

/** Sees every exchange that has come to its end, on its loop. */
interface ExchangeObserver {
    void ended(Exchange exchange);
}
