// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test class that may run while another one of these does, in a JVM of its own: some of
 * them wait most of the time, others compute. What it asks for is right or wrong however slow the
 * machine is, and it neither uses up nor counts what that has only once, as contexts of kernel AIO.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("overlapping")
public @interface Overlapping {}
