// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import java.util.ArrayList;
import java.util.List;

/** From which file system to which, and on which kind of loop. */
record Between(String from, String to, boolean epoll) {

    /** Within each file system, and each to the next. */
    static List<Between> all() {
        List<Between> all = new ArrayList<>();
        List<String> names = FileSystemsUnderTest.names();
        for (int i = 0; i < names.size(); i++) {
            String next = names.get((i + 1) % names.size());
            all.add(new Between(names.get(i), names.get(i), true));
            if (i == 0) {
                all.add(new Between(names.get(i), names.get(i), false));
            }
            if (names.size() > 1) {
                all.add(new Between(names.get(i), next, true));
            }
        }
        return all;
    }

    /** Only those whose bytes are moved, not shared. */
    static List<Between> moving() {
        List<Between> moving = all();
        moving.removeIf(each -> each.from.equals(each.to) && each.shares());
        return moving;
    }

    /** Whether that file system can share extents, as mkfs makes it. */
    boolean shares() {
        return from.equals(to) && (from.equals("btrfs") || from.equals("xfs"));
    }

    /** Within one that is copied past the page cache, or whatever there is: for every size. */
    boolean direct() {
        return from.equals(to) && !List.of("btrfs", "tmpfs", "overlay").contains(from);
    }

    TestLoops loops() {
        return epoll ? TestLoops.epoll(1) : TestLoops.nio(1);
    }

    @Override
    public String toString() {
        return from + " to " + to + (epoll ? " epoll" : " nio");
    }
}
