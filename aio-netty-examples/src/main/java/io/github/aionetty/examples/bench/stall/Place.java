// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.netty.channel.EventLoop;
import java.nio.file.Path;

/**
 * Where trials take place.
 *
 * @param directory of the file system
 * @param contents what its files must hold
 * @param loop the loop that is measured
 * @param other a loop that works on the same files meanwhile
 */
record Place(Path directory, Contents contents, EventLoop loop, EventLoop other) {}
