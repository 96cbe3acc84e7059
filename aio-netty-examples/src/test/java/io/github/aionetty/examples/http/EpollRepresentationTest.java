// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.examples.Prerequisites;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.BeforeAll;

class EpollRepresentationTest extends RepresentationContract {
    @BeforeAll
    static void needsEpoll() {
        Prerequisites.require(Epoll.isAvailable(), "no epoll");
    }

    @Override
    Transport transport() {
        return Transport.EPOLL;
    }
}
