// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/** Some blocks of an inode, and whether they have been granted. */
final class TestRange extends Ranged {
    final String name;
    volatile boolean granted;

    /** Done when the range is granted after it had to wait. */
    private final Runnable whenGranted;

    TestRange(String name) {
        this(name, () -> {});
    }

    TestRange(String name, Runnable whenGranted) {
        this.name = name;
        this.whenGranted = whenGranted;
    }

    @Override
    void granted() {
        if (granted) {
            throw new AssertionError(name + " was granted twice");
        }
        granted = true;
        whenGranted.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
