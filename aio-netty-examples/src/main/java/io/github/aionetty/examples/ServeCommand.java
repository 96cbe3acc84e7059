// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import io.github.aionetty.examples.bench.Size;
import io.github.aionetty.examples.http.AccessLogFile;
import io.github.aionetty.examples.http.DirectMode;
import io.github.aionetty.examples.http.HttpServer;
import io.github.aionetty.examples.http.Limits;
import io.github.aionetty.examples.http.ServerConfig;
import io.github.aionetty.examples.http.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code serve}: a file server in the foreground, until SIGTERM or SIGINT. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Serves the files below DIR over HTTP.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The directory to serve.")
    private String directory;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    /** One a core: a loop never waits for a disk, so that more would only take turns on the CPU. */
    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Event loops (default: one for each core).")
    private int loops = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--upload",
            description =
                    "Let clients create and replace files by PUT. There is no log-in: everybody"
                            + " can.")
    private boolean upload;

    @Option(
            names = "--direct",
            paramLabel = "MODE",
            defaultValue = "auto",
            description =
                    "Which large files are read past the page cache: auto (those that few ask for),"
                            + " always, never (default: ${DEFAULT-VALUE}).")
    private DirectMode direct;

    @Option(
            names = "--max-upload",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Largest file that may be put, such as 500M or 2G (default: no limit).")
    private Long maxUpload;

    @Option(
            names = "--tls",
            description =
                    "HTTPS, with HTTP/2, by a certificate made at the start. Clients have to be"
                            + " told to trust it (curl -k).")
    private boolean selfMadeTls;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "HTTPS with the certificate (PEM, with those above it) in FILE.")
    private Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Its private key (PEM, PKCS#8, no password).")
    private Path key;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "More are told 503 (default: as the limit of open files allows).")
    private int maxConnections = Limits.DEFAULT.connections();

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description = "Append a line for each request to FILE, in the combined log format.")
    private Path accessLog;

    @Option(
            names = "--metrics",
            description = "Answer /metrics, in the OpenMetrics format, to everybody who asks.")
    private boolean metrics;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Path root = Path.of(directory);
        if (!Files.exists(root)) {
            throw new IOException("no such directory: " + directory);
        }
        if (!Files.isDirectory(root)) {
            throw new IOException("not a directory: " + directory);
        }
        warnAboutFileNames();
        if (accessLog != null) {
            AccessLogFile.open(accessLog);
        }
        HttpServer server =
                HttpServer.start(
                        new ServerConfig(root, new InetSocketAddress(address(), port), loops)
                                .withLimits(limits())
                                .withTls(tls())
                                .withUpload(upload)
                                .withDirect(direct)
                                .withAccessLog(accessLog != null)
                                .withMetrics(metrics));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.stop();
                                    AccessLogFile.close();
                                },
                                "stop"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Serving " + directory + " at " + url(server.address(), tls() != null));
        out.flush();
        server.awaitStopped();
        return 0;
    }

    private void checkOptions() {
        if (directory.isEmpty()) {
            // An unset shell variable, most likely: not the current directory.
            throw new ParameterException(spec.commandLine(), "DIR is empty");
        }
        if (port < 0 || port > 65535) {
            throw new ParameterException(
                    spec.commandLine(), "--port must be from 0 to 65535, not " + port);
        }
        if (loops < 1 || loops > 1024) {
            throw new ParameterException(
                    spec.commandLine(), "--loops must be from 1 to 1024, not " + loops);
        }
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--cert and --key belong together: give both, or --tls");
        }
        if (certificate != null && selfMadeTls) {
            throw new ParameterException(
                    spec.commandLine(), "--tls makes a certificate: give it, or --cert and --key");
        }
        if (maxConnections < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--max-connections must be 1 or more, not " + maxConnections);
        }
        if (maxUpload != null && !upload) {
            throw new ParameterException(spec.commandLine(), "--max-upload needs --upload");
        }
    }

    private Limits limits() {
        Limits limits = Limits.DEFAULT.withConnections(maxConnections);
        return maxUpload == null ? limits : limits.withUpload(maxUpload);
    }

    private Tls tls() {
        if (certificate != null) {
            return new Tls(certificate, key);
        }
        return selfMadeTls ? Tls.SELF_MADE : null;
    }

    private InetAddress address() throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("unknown host: " + host, e);
        }
    }

    private static void warnAboutFileNames() {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            LOG.warn(
                    "File names are read as {}: names beyond it are not found; set"
                            + " LC_ALL=C.UTF-8",
                    encoding);
        }
    }

    private static String url(InetSocketAddress address, boolean tls) {
        String host = address.getAddress().getHostAddress();
        int zone = host.indexOf('%');
        host = zone < 0 ? host : host.substring(0, zone);
        return (tls ? "https://" : "http://")
                + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + ":"
                + address.getPort()
                + "/";
    }
}
