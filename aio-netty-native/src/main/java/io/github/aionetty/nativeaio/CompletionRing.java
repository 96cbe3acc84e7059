// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/**
 * The completions of one kernel AIO context, read straight from the ring the kernel maps into this
 * process, without a system call.
 *
 * <p>Where that ring is not to be trusted (another magic, as under gVisor) or the system property
 * {@value #REAP_PROPERTY} is {@code syscall}, {@code io_getevents} is called instead. Either way an
 * event has left the ring before its consumer is called, so a consumer may throw or close the ring.
 *
 * <p>Used by one thread at a time. After {@link #close} the ring's memory is never touched again:
 * the kernel unmaps it in {@code io_destroy}, and a later read would kill the process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_getevents.2.html">io_getevents(2)</a>
 */
public final class CompletionRing {
    /** System property; {@code syscall} makes every new ring use {@code io_getevents}. */
    public static final String REAP_PROPERTY = "io.github.aionetty.reap";

    private final EventSource source;
    private boolean polling;
    private boolean closed;

    CompletionRing(EventSource source) {
        this.source = source;
    }

    /**
     * Makes the view of a context's completions.
     *
     * @param context id that {@link Syscalls#ioSetup} gave; a context that lives
     * @param capacity the number of events the context was asked for, and the most that one {@code
     *     io_getevents} fetches
     */
    public static CompletionRing of(Syscalls sys, long context, int capacity) {
        EventSource source = null;
        if (!"syscall".equals(System.getProperty(REAP_PROPERTY))) {
            source = MappedEvents.tryMap(context, capacity);
        }
        return new CompletionRing(
                source != null ? source : new FetchedEvents(sys, context, capacity));
    }

    /**
     * Makes a view of the memory alone, for where {@code io_getevents} is refused.
     *
     * @param context as {@link #of} takes it; nobody else may take its completions
     * @param capacity as {@link #of} takes it
     * @return {@code null} where that memory is not to be trusted
     */
    public static CompletionRing tryMap(long context, int capacity) {
        EventSource source = MappedEvents.tryMap(context, capacity);
        return source == null ? null : new CompletionRing(source);
    }

    /** Whether events are read from mapped memory; otherwise by {@code io_getevents}. */
    public boolean mapped() {
        return source.mapped();
    }

    /**
     * Hands up to {@code max} events to the consumer, each after it has left the ring. What the
     * consumer throws is passed on; the events not handed over yet are there for the next poll.
     *
     * @return how many events were handed over: fewer than {@code max} when the ring was seen empty
     *     or was closed by the consumer; or the negated errno of {@code io_getevents}
     * @throws IllegalStateException when called from inside a consumer
     */
    public int poll(EventConsumer consumer, int max) {
        if (closed) {
            return 0;
        }
        if (polling) {
            throw new IllegalStateException("poll called from inside an event consumer");
        }
        polling = true;
        try {
            int handled = 0;
            while (handled < max && !closed) {
                int taken = source.take(max - handled);
                if (taken <= 0) {
                    // An errno after the first event comes again with the next poll.
                    return handled > 0 ? handled : taken;
                }
                handled++;
                consumer.accept(source.data, source.res);
            }
            return handled;
        } finally {
            polling = false;
        }
    }

    /**
     * Whether a poll would hand over an event; false after {@link #close}. In system call mode it
     * asks the kernel and keeps what it gets for the next poll.
     */
    public boolean hasEvents() {
        return !closed && source.hasEvents();
    }

    /** Capacity in events: of the kernel's ring, or of one fetch in system call mode. */
    public int size() {
        return source.size();
    }

    /**
     * Ends polling for good; to be called before {@code io_destroy}. What the kernel has not given
     * out stays in the context for {@code io_getevents}; see also {@link #takeFetched}.
     */
    public void close() {
        closed = true;
        source.close();
    }

    /**
     * Hands over, closed or not, the events that have left the kernel and no poll has handed over
     * yet, because a consumer threw or closed the ring in the middle of a batch.
     *
     * @return how many were handed over
     */
    public int takeFetched(EventConsumer consumer) {
        int handled = 0;
        while (source.takeFetched()) {
            handled++;
            consumer.accept(source.data, source.res);
        }
        return handled;
    }
}
