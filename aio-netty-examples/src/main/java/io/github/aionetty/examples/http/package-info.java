// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/**
 * An HTTP/1.1 file server on Netty's codecs. Everything of a connection runs on that connection's
 * event loop, file bytes included; names are looked up by helper threads.
 */
package io.github.aionetty.examples.http;
