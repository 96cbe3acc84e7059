// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * The operations in flight, each in the slot whose number its iocb carries. Confined to the owner.
 */
final class Slots {
    private final Operation[] operations;
    private final int[] free;
    private int freeCount;

    Slots(int capacity) {
        operations = new Operation[capacity];
        free = new int[capacity];
        // The lowest numbers on top: few operations stay on few cache lines.
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
        freeCount = capacity;
    }

    int capacity() {
        return operations.length;
    }

    int inUse() {
        return operations.length - freeCount;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    void take(Operation operation) {
        int slot = free[--freeCount];
        operations[slot] = operation;
        operation.slot = slot;
    }

    Operation get(int slot) {
        Operation operation = operations[slot];
        if (operation == null) {
            throw new IllegalStateException("slot=" + slot + " completed but is not in use");
        }
        return operation;
    }

    void free(Operation operation) {
        int slot = operation.slot;
        if (operations[slot] != operation) {
            throw new IllegalStateException("slot=" + slot + " does not hold the operation");
        }
        operations[slot] = null;
        operation.slot = -1;
        free[freeCount++] = slot;
    }

    /** The operation in a slot, or {@code null}: for walking over all of them. */
    Operation peek(int slot) {
        return operations[slot];
    }
}
