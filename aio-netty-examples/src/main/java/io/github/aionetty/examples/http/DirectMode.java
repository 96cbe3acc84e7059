// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

/** Which files are read past the page cache (O_DIRECT). */
public enum DirectMode {
    /** Large ones that few ask for. */
    AUTO,
    /** All large ones. */
    ALWAYS,
    /** None. */
    NEVER
}
