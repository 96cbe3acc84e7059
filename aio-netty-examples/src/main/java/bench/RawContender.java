// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package bench;

/**
 * Keeps so many direct reads or writes of one size in flight, one a slot. Package and name are
 * those of the harness that {@code bench peers} starts, which brings its own copy of this
 * interface: a contender compiled against one runs under the other.
 *
 * <p>For each slot: asks the driver for a position; has the memory filled, where it writes; starts
 * the transfer; tells the driver when it is done, while the bytes are still in that memory; and
 * begins again. All of it on any thread, but one slot never on two at once.
 */
// Whoever closes one may be interrupted in it.
@SuppressWarnings("try")
public interface RawContender extends AutoCloseable {

    /** What draws the positions, and checks and counts what was done. */
    interface Driver {
        /**
         * Where the slot's next transfer goes.
         *
         * @param slot from 0
         * @return bytes from the start of the file; -1 if the slot is to end
         */
        long next(int slot);

        /**
         * Puts into memory what is to be written at the position that {@link #next} gave.
         *
         * @param slot the one that writes
         * @param address of its memory
         */
        void fill(int slot, long address);

        /**
         * A transfer is done. To be called exactly once for each.
         *
         * @param slot the one that it was made for
         * @param result how many bytes were transferred, or a negated errno
         * @param address of the slot's memory, which is not used for anything else meanwhile
         */
        void done(int slot, int result, long address);
    }

    /**
     * Prepares; called once, before {@link #run}.
     *
     * @param path an existing file
     * @param write whether to write; else to read
     * @param blockSize bytes of each transfer
     * @param depth how many slots
     * @param driver says what to do
     * @throws Exception if the file cannot be opened for direct transfers
     */
    void open(String path, boolean write, int blockSize, int depth, Driver driver) throws Exception;

    /**
     * Works until all slots have ended.
     *
     * @throws Exception if it cannot go on
     */
    void run() throws Exception;

    @Override
    default void close() throws Exception {}
}
