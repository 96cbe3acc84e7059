// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A place for an operation, among others in flight, and its return. */
public class SlotsMicro extends Micro {
    private static final int CAPACITY = 256;

    /** Operations in flight. */
    @Param({"1", "32", "224"})
    public int depth;

    private final Slots slots = new Slots(CAPACITY);
    private TestOperation[] operations;
    private int next;

    @Setup
    public void fill() {
        operations = new TestOperation[depth];
        for (int i = 0; i < depth; i++) {
            operations[i] = TestOperation.directRead(-1, 0);
            slots.take(operations[i]);
        }
    }

    /** As when one completes, and its listener starts another. */
    @Benchmark
    public Operation completeAndTake() {
        TestOperation operation = operations[next];
        next = next + 1 == depth ? 0 : next + 1;
        Operation found = slots.get(operation.slot);
        slots.free(operation);
        slots.take(operation);
        return found;
    }
}
