// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Subject;
import io.github.aionetty.trust.Overlapping;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random work against a model, in the spirit of fsx: whatever is asked for, by however many at
 * once, a read gives bytes that somebody has written there, a quiet file is exactly what was
 * written, no sync fails, and every future completes once.
 *
 * <p>{@code aionetty.trust.operations} over all subjects, or {@code aionetty.trust.seconds}; {@code
 * aionetty.trust.seed} draws the same operations again, and {@code aionetty.trust.only}, a regular
 * expression, leaves subjects out.
 */
@Overlapping
@Timeout(value = 1, unit = TimeUnit.DAYS)
class ExerciseTest {
    private static final long SEED =
            Long.getLong("aionetty.trust.seed", System.nanoTime() & 0xffffffffL);
    private static final long SECONDS = Long.getLong("aionetty.trust.seconds", 0);
    private static final long OPERATIONS =
            Long.getLong("aionetty.trust.operations", SECONDS > 0 ? Long.MAX_VALUE : 120_000);

    private static final Tally ALL = new Tally();
    private static int subjects;

    /** The file systems and ways; handles are direct and buffered in each. */
    static List<Subject> subjects() {
        Pattern wanted = Pattern.compile(System.getProperty("aionetty.trust.only", ""));
        List<Subject> chosen = new ArrayList<>();
        for (String fileSystem : FileSystemsUnderTest.names()) {
            for (Subject.Way way : Subject.Way.values()) {
                Subject subject = new Subject(fileSystem, true, way);
                if (wanted.matcher(subject.toString()).find()) {
                    chosen.add(subject);
                }
            }
        }
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyReadIsLegalAndEveryQuietFileIsAsTheModelHasIt(Subject subject) throws Exception {
        FileSystemsUnderTest.requireDirect(subject.directory());
        int share = subjects().size();
        long nanos = SECONDS > 0 ? TimeUnit.SECONDS.toNanos(SECONDS) / share : Long.MAX_VALUE;
        String name = subject.fileSystem() + " " + subject.way();
        try (Exerciser exerciser = new Exerciser(subject, SEED + name.hashCode())) {
            exerciser.run(OPERATIONS / share, nanos);
            assertThat(exerciser.tally.operations()).isPositive();
            System.out.println("exercise " + name + ": " + exerciser.tally);
            ALL.add(exerciser.tally);
            subjects++;
        } catch (Throwable t) {
            throw new AssertionError(name + ", -Daionetty.trust.seed=" + SEED, t);
        }
    }

    @AfterAll
    static void summary() {
        System.out.printf(
                "exercise: seed=%d jdk=%s subjects=%d %s%n",
                SEED, Runtime.version().feature(), subjects, ALL);
    }
}
