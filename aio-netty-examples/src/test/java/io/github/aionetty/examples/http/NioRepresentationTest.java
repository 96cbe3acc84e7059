// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

class NioRepresentationTest extends RepresentationContract {
    @Override
    Transport transport() {
        return Transport.NIO;
    }
}
