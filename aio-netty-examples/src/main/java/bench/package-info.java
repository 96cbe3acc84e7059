// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** The interface between a benchmark of raw file I/O and those who take part in it. */
package bench;
