package coldstream.registry;

import coldstream.embedded.Ports;
import coldstream.registry.artifacts.BucketConfig;
import coldstream.service.Secret;
import coldstream.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An S3 server over a folder, in a process of its own: S3Proxy, which the build puts beside the tests. */
public final class S3Server implements AutoCloseable {

    private static final Path PROGRAM = Path.of("target/s3-server/s3proxy-jar-with-dependencies.jar");
    public static final String ACCESS_KEY = "access";
    public static final String SECRET_KEY = "secret";

    private final Process process;
    private final Path folder;
    private final int port;

    private S3Server(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    public static S3Server start(Path disk) throws IOException {
        int port = Ports.free();
        Path buckets = Files.createDirectories(disk.resolve("buckets"));
        Files.createDirectories(buckets.resolve("models"));
        Path settings = disk.resolve("s3proxy.properties");
        Files.writeString(settings, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.identity=local
                jclouds.credential=local
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY, SECRET_KEY, buckets));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        PROGRAM.toAbsolutePath().toString(),
                        "--properties",
                        settings.toString())
                .redirectOutput(disk.resolve("s3proxy.log").toFile())
                .redirectErrorStream(true)
                .start();
        var server = new S3Server(process, buckets.resolve("models"), port);
        Await.until("the S3 server answers", server::answers);
        return server;
    }

    /** Where the bucket's objects are on disk. */
    public Path folder() {
        return folder;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public BucketConfig bucket(String prefix) {
        return config("models", prefix, SECRET_KEY);
    }

    public BucketConfig bucketNamed(String bucket) {
        return config(bucket, "", SECRET_KEY);
    }

    public BucketConfig withSecret(String secret) {
        return config("models", "", secret);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(); // it writes to its folder until then
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private BucketConfig config(String bucket, String prefix, String secret) {
        return new BucketConfig(
                bucket,
                prefix,
                Optional.of(endpoint()),
                "us-east-1",
                Optional.of(new Secret(ACCESS_KEY)),
                Optional.of(new Secret(secret)));
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new AssertionError("the S3 server must run, got exit status " + process.exitValue());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
