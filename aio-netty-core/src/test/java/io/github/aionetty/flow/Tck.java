// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DynamicTest;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/**
 * The Reactive Streams TCK, written for TestNG, as tests of JUnit: one for each of its methods, and
 * one that sees that enough of them did not skip themselves.
 */
final class Tck {
    /** For a machine that is busy with other things. */
    static final int PATIENCE_MILLIS = 2000;

    /** How long nothing must come. */
    static final int QUIET_MILLIS = 100;

    /**
     * What the TCK calls rules that no program can check: of these the tests skip themselves, and
     * no others may.
     */
    private static final String UNTESTED = "untested_";

    private final Callable<?> verification;
    private final Set<String> passed = new TreeSet<>();

    private Tck(Callable<?> verification) {
        this.verification = verification;
    }

    /**
     * All of a verification's tests.
     *
     * @param verification makes one for each test
     * @param atLeast how many have to pass
     */
    static List<DynamicTest> tests(Callable<?> verification, int atLeast) throws Exception {
        Tck tck = new Tck(verification);
        List<Method> methods = tck.methods(Test.class);
        List<DynamicTest> tests = new ArrayList<>();
        for (Method each : methods) {
            tests.add(DynamicTest.dynamicTest(each.getName(), () -> tck.run(each)));
        }
        tests.add(
                DynamicTest.dynamicTest(
                        "atLeast" + atLeast + "Passed",
                        () -> assertThat(tck.passed).hasSizeGreaterThanOrEqualTo(atLeast)));
        return tests;
    }

    private List<Method> methods(Class<? extends java.lang.annotation.Annotation> annotation)
            throws Exception {
        return Arrays.stream(verification.call().getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    private void run(Method test) throws Throwable {
        Object instance = verification.call();
        call(instance, BeforeClass.class);
        try {
            call(instance, BeforeMethod.class);
            test.invoke(instance);
            passed.add(test.getName());
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SkipException)) {
                throw e.getCause();
            }
            assertThat(test.getName()).as("skipped itself: %s", e.getCause()).startsWith(UNTESTED);
        } finally {
            call(instance, AfterClass.class);
        }
    }

    private void call(Object instance, Class<? extends java.lang.annotation.Annotation> annotation)
            throws Exception {
        for (Method each : methods(annotation)) {
            each.invoke(instance);
        }
    }
}
