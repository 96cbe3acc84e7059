// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** Somebody who implements of an interface only what a test needs. */
final class Fakes {
    private Fakes() {}

    static <T> T of(Class<T> type, InvocationHandler methods) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, methods));
    }
}
