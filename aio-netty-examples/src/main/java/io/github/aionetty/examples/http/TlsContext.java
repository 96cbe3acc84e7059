// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS 1.2 and 1.3 with ALPN: by BoringSSL where its library loads, else by the JDK. */
final class TlsContext {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private static final ApplicationProtocolConfig ALPN =
            new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    // All that both of the providers can do.
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1);

    /** A clock that is behind must not refuse a certificate made just now. */
    private static final int DAYS_BEFORE = 1;

    private static final int DAYS = 90;

    private TlsContext() {}

    static SslContext of(Tls tls, InetSocketAddress address) throws IOException {
        SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        try {
            SslContextBuilder builder = tls.isSelfMade() ? selfMade(address) : fromFiles(tls);
            return builder.sslProvider(provider)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(ALPN)
                    .build();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(
                    "no TLS with "
                            + (tls.isSelfMade() ? "a self-made certificate" : tls)
                            + ": "
                            + e,
                    e);
        }
    }

    private static SslContextBuilder fromFiles(Tls tls) throws IOException {
        readable("--cert", tls.certificates());
        readable("--key", tls.key());
        try {
            return SslContextBuilder.forServer(tls.certificates().toFile(), tls.key().toFile());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "--cert "
                            + tls.certificates()
                            + " and --key "
                            + tls.key()
                            + ": "
                            + e.getMessage()
                            + "; needed are PEM files, the key in PKCS#8 and without a password"
                            + " (openssl pkcs8 -topk8 -nocrypt)",
                    e);
        }
    }

    private static void readable(String option, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(option + ": no such file: " + file);
        }
        if (!Files.isReadable(file)) {
            throw new IOException(option + ": may not be read by this user: " + file);
        }
    }

    private static SslContextBuilder selfMade(InetSocketAddress address) throws Exception {
        InetAddress host = address.getAddress();
        CertificateBuilder builder =
                new CertificateBuilder()
                        .ecp256()
                        .subject("CN=aio-netty")
                        .setIsCertificateAuthority(true) // Of itself, or nobody could trust it.
                        .notBefore(Instant.now().minus(DAYS_BEFORE, ChronoUnit.DAYS))
                        .notAfter(Instant.now().plus(DAYS, ChronoUnit.DAYS))
                        .addSanDnsName("localhost")
                        .addExtendedKeyUsageServerAuth();
        if (host.isAnyLocalAddress()) {
            builder.addSanIpAddress(InetAddress.getByName("127.0.0.1"));
            builder.addSanIpAddress(InetAddress.getByName("::1"));
        } else {
            builder.addSanIpAddress(host);
        }
        X509Bundle made = builder.buildSelfSigned();
        LOG.info(
                "self-made certificate, SHA-256 fingerprint {}",
                fingerprint(made.getCertificate().getEncoded()));
        return SslContextBuilder.forServer(
                made.getKeyPair().getPrivate(), made.getCertificatePath());
    }

    /** As browsers and openssl show it, to be compared by people. */
    private static String fingerprint(byte[] certificate) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate);
        return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
    }
}
