// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

/**
 * One fault of one run: from the n-th time that a call is made in a scenario it fails, once or for
 * as long as the scenario lasts.
 *
 * @param call a method of {@link io.github.aionetty.nativeaio.Syscalls}, or {@link #EVENT}
 * @param nth from 1
 */
record Fault(String scenario, String call, int nth, Kind kind, boolean lasting) {
    /** A completion, which is no call: what fails is its result. */
    static final String EVENT = "event";

    boolean hits(int number) {
        return lasting ? number >= nth : number == nth;
    }

    /** As {@code -Daionetty.trust.only} takes it. */
    @Override
    public String toString() {
        String mode = lasting ? "lasting" : "once";
        return scenario + '/' + call + '/' + nth + '/' + kind + '/' + mode;
    }

    static Fault parse(String text) {
        String[] parts = text.split("/");
        if (parts.length != 5) {
            throw new IllegalArgumentException(
                    "fault=" + text + " (expected: scenario/call/n/errno/once|lasting)");
        }
        return new Fault(
                parts[0],
                parts[1],
                Integer.parseInt(parts[2]),
                Kind.valueOf(parts[3]),
                parts[4].equals("lasting"));
    }
}
