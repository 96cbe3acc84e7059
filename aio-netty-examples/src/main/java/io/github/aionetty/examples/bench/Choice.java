// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Some of all, by their names. */
public final class Choice {
    private Choice() {}

    /**
     * Those that are named, each once.
     *
     * @param command whose option it is
     * @param option its name
     * @param names what it was given; {@code null} for all
     * @param all there are
     * @param name that one is known by
     * @throws ParameterException if there is none of a name
     */
    public static <T> List<T> of(
            CommandSpec command,
            String option,
            List<String> names,
            T[] all,
            Function<T, String> name) {
        if (names == null) {
            return List.of(all);
        }
        List<T> chosen = new ArrayList<>();
        for (String wanted : names) {
            chosen.add(
                    Arrays.stream(all)
                            .filter(each -> name.apply(each).equals(wanted))
                            .findAny()
                            .orElseThrow(() -> unknown(command, option, wanted, all, name)));
        }
        return chosen.stream().distinct().toList();
    }

    private static <T> ParameterException unknown(
            CommandSpec command, String option, String wanted, T[] all, Function<T, String> name) {
        String names = Arrays.stream(all).map(name).collect(Collectors.joining(","));
        return new ParameterException(
                command.commandLine(), option + " must be of " + names + ", not " + wanted);
    }
}
