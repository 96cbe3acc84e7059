// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A name as UTF-8. */
final class NameMarshaller implements Marshaller<String> {
    @Override
    public InputStream stream(String name) {
        return new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream message) {
        try {
            return new String(message.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
