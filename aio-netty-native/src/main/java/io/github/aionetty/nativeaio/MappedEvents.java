// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.annotation.Native;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Events out of the kernel's completion ring, which lies at the address that is the context's id.
 *
 * <pre>
 *  struct aio_ring
 *  byte 0       4       8       12      16      20       24       28
 *  +-------+-------+-------+-------+-------+--------+--------+---------------+
 *  | id    | nr    | head  | tail  | magic | compat | incom- | header_length |
 *  |       |       | ours  | the   |       |        | pat    | 32            |
 *  |       |       |       | kernel's                        |               |
 *  +-------+-------+-------+-------+-------+--------+--------+---------------+
 *  32 | io_event 0 | io_event 1 | ... | io_event nr - 1 |      (32 bytes each)
 *     +------------+------------+-----+-----------------+
 *  head == tail: empty; both are below nr and wrap to 0
 * </pre>
 *
 * <p>The kernel writes an event, then tail: so tail is read with acquire. It reuses a slot once
 * head has passed it: so events are copied out before head is stored, with release. Head and tail
 * share a cache line that the completing CPU writes for each event, so it is touched once for
 * several: they are copied out together.
 */
final class MappedEvents extends EventSource {
    @Native static final int MAGIC_VALUE = 0xa10a10a1;
    @Native static final int ID = 0;
    @Native static final int NR = 4;
    @Native static final int HEAD = 8;
    @Native static final int TAIL = 12;
    @Native static final int MAGIC = 16;
    @Native static final int COMPAT_FEATURES = 20;
    @Native static final int INCOMPAT_FEATURES = 24;
    @Native static final int HEADER_LENGTH = 28;
    @Native static final int HEADER_SIZE = 32;

    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final int nr;
    private ByteBuffer ring;

    /** What has left the ring, and nobody has taken yet. */
    private final long[] datas = new long[64];

    private final long[] results = new long[datas.length];
    private int next;
    private int end;

    private MappedEvents(ByteBuffer ring, int nr) {
        this.ring = ring;
        this.nr = nr;
    }

    /**
     * Looks at the header the context's id points to.
     *
     * @return null when the id is no address, or no ring of the known layout is there
     */
    static MappedEvents tryMap(long context, int capacity) {
        // An id that is not the start of a page is no address (an emulation, or a fake in a test).
        if (context == 0 || context % Platform.SMALLEST_PAGE != 0 || !NativeLibrary.isAvailable()) {
            return null;
        }
        ByteBuffer header = Memory.view(context, HEADER_SIZE);
        int nr = header.getInt(NR);
        boolean known =
                header.getInt(MAGIC) == MAGIC_VALUE
                        && header.getInt(HEADER_LENGTH) == HEADER_SIZE
                        && header.getInt(INCOMPAT_FEATURES) == 0;
        // One slot always stays empty, or a full ring would look like an empty one.
        boolean sane =
                nr > capacity
                        && nr <= (Integer.MAX_VALUE - HEADER_SIZE) / IoEvents.EVENT_SIZE
                        && Integer.compareUnsigned(header.getInt(HEAD), nr) < 0
                        && Integer.compareUnsigned(header.getInt(TAIL), nr) < 0;
        if (!known || !sane) {
            return null;
        }
        long length = HEADER_SIZE + (long) nr * IoEvents.EVENT_SIZE;
        return new MappedEvents(Memory.view(context, length), nr);
    }

    @Override
    boolean mapped() {
        return true;
    }

    @Override
    int size() {
        return nr - 1;
    }

    @Override
    int take(int wanted) {
        if (next == end) {
            copyOut(Math.min(wanted, datas.length));
        }
        return takeFetched() ? 1 : 0;
    }

    private void copyOut(int most) {
        ByteBuffer r = ring;
        int head = r.getInt(HEAD);
        int tail = (int) INT.getAcquire(r, TAIL);
        int count = 0;
        while (head != tail && count < most) {
            int at = HEADER_SIZE + head * IoEvents.EVENT_SIZE;
            datas[count] = r.getLong(at + IoEvents.DATA);
            results[count++] = r.getLong(at + IoEvents.RES);
            head = head + 1 == nr ? 0 : head + 1;
        }
        next = 0;
        end = count;
        if (count > 0) {
            INT.setRelease(r, HEAD, head);
        }
    }

    @Override
    boolean hasEvents() {
        ByteBuffer r = ring;
        return next < end || r.getInt(HEAD) != (int) INT.getAcquire(r, TAIL);
    }

    @Override
    boolean takeFetched() {
        if (next == end) {
            return false;
        }
        data = datas[next];
        res = results[next++];
        return true;
    }

    @Override
    void close() {
        ring = null;
    }
}
