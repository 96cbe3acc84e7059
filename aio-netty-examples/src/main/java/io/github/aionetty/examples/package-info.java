// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** The runnable jar: {@code serve}, {@code bench}, and short samples. */
package io.github.aionetty.examples;
