// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** Short programs that the documentation quotes. */
package io.github.aionetty.examples.samples;
