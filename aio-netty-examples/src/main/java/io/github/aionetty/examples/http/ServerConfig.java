// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * What to serve, and where.
 *
 * @param root the directory whose files are served
 * @param address where to listen; port 0 takes a free one
 * @param loops how many event loops
 */
public record ServerConfig(Path root, InetSocketAddress address, int loops) {}
