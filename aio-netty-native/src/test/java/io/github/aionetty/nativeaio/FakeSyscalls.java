// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** System calls of which only io_getevents works, with the answers it was given beforehand. */
final class FakeSyscalls {
    /** One answer: a negated errno, or the data values of events that are to come. */
    private final Deque<Object> answers = new ArrayDeque<>();

    /** The room each call offered. */
    final List<Integer> asked = new ArrayList<>();

    final Syscalls syscalls = proxy(this);

    /** System calls none of which may be made. */
    static Syscalls forbidden() {
        return proxy(null);
    }

    void willFail(int errno) {
        answers.add(-errno);
    }

    /** Queues events; their result is ten times their data. */
    void willComplete(long... data) {
        answers.add(data);
    }

    private int getEvents(int minNr, int nr, long events, long timeout) {
        if (minNr != 0 || timeout != 0) {
            throw new AssertionError("would block: minNr=" + minNr + " timeout=" + timeout);
        }
        asked.add(nr);
        Object answer = answers.poll();
        if (answer instanceof Integer) {
            return (Integer) answer;
        }
        long[] data = answer == null ? new long[0] : (long[]) answer;
        if (data.length > nr) {
            throw new AssertionError("room=" + nr + " events=" + data.length);
        }
        for (int i = 0; i < data.length; i++) {
            Memory.view(events + 32L * i, 32).putLong(0, data[i]).putLong(16, 10 * data[i]);
        }
        return data.length;
    }

    private static Syscalls proxy(FakeSyscalls fake) {
        return (Syscalls)
                Proxy.newProxyInstance(
                        FakeSyscalls.class.getClassLoader(),
                        new Class<?>[] {Syscalls.class},
                        (self, method, args) -> {
                            if (fake == null || !method.getName().equals("ioGetEvents")) {
                                throw new AssertionError("called: " + method.getName());
                            }
                            return fake.getEvents(
                                    (int) args[1], (int) args[2], (long) args[3], (long) args[4]);
                        });
    }
}
