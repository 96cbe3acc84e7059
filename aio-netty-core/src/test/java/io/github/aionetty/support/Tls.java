// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS with a certificate of one's own, made by the JDK's keytool, and clients that take any. */
public final class Tls {
    private static final String PASSWORD = "password";

    private Tls() {}

    /** A server's side. */
    public static SslContext server(SslProvider provider, Path directory) throws Exception {
        return SslContextBuilder.forServer(keys(directory)).sslProvider(provider).build();
    }

    private static KeyManagerFactory keys(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("keys.p12");
        if (!Files.exists(store)) {
            Process made =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "keytool")
                                            .toString(),
                                    "-genkeypair",
                                    "-alias",
                                    "test",
                                    "-keyalg",
                                    "EC",
                                    "-dname",
                                    "CN=localhost",
                                    "-validity",
                                    "2",
                                    "-storetype",
                                    "PKCS12",
                                    "-keystore",
                                    store.toString(),
                                    "-storepass",
                                    PASSWORD)
                            .inheritIO()
                            .start();
            if (made.waitFor() != 0) {
                throw new AssertionError("keytool has failed");
            }
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        return factory;
    }

    /** A client whose reads fail after half a minute. */
    public static SSLSocket connect(InetSocketAddress address)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setSoTimeout(30_000);
        socket.connect(address);
        socket.startHandshake();
        return socket;
    }
}
