// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.github.aionetty.AioFile;

/** A handle of the file under exercise. */
final class Handle {
    final String name;
    final AioFile file;
    final boolean writable;

    /** When its {@code close} was called, by {@link Ticks}. */
    volatile long closing = Ticks.NEVER;

    /** When that call had returned. */
    volatile long closed = Ticks.NEVER;

    Handle(String name, AioFile file, boolean writable) {
        this.name = name;
        this.file = file;
        this.writable = writable;
    }

    @Override
    public String toString() {
        return name;
    }
}
