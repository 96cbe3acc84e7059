// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import java.text.NumberFormat;
import java.util.Locale;

/**
 * One measurement's size.
 *
 * @param count how many of what grows
 * @param writes whether blocks are overwritten; else they are read
 */
record Row(Part part, int count, boolean writes) {

    /** As people read it. */
    String label() {
        String number = NumberFormat.getIntegerInstance(Locale.ROOT).format(count);
        return part == Part.LOOPS ? number + (writes ? ", overwrites" : ", reads") : number;
    }
}
