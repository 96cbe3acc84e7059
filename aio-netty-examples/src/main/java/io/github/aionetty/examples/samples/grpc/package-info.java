// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
/** gRPC-Java: a file as a stream of messages, on the loop of its connection. */
package io.github.aionetty.examples.samples.grpc;
