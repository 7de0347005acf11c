package coldstream.registry.store;

import coldstream.embedded.Ports;
import coldstream.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of the test's own, where the programs are installed. */
public final class PostgresServer implements AutoCloseable {

    /** Why a test is skipped. */
    public static final String ABSENT =
            "PostgreSQL must be installed (apt-get install postgresql) and this user be root or"
                    + " able to run initdb; skipped";

    static final String USER = "registry";

    private final Process process;
    private final Path folder;
    private final int port;
    private int databases;

    private PostgresServer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Empty where PostgreSQL is not installed or cannot be started by this user. */
    public static Optional<PostgresServer> start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory("coldstream-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        String data = folder.resolve("data").toString();
        int port = Ports.free();
        Process created;
        try {
            created = run(
                    programs.get().resolve("initdb").toString(),
                    "-D",
                    data,
                    "-U",
                    USER,
                    "--auth=trust",
                    "--no-sync",
                    "--locale=C");
        } catch (IOException e) {
            delete(folder);
            return Optional.empty();
        }
        if (!created.waitFor(4, TimeUnit.MINUTES) || created.exitValue() != 0) {
            created.destroyForcibly();
            delete(folder);
            return Optional.empty();
        }
        Process server = run(
                programs.get().resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                Integer.toString(port),
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off");
        var postgres = new PostgresServer(server, folder, port);
        Await.until("PostgreSQL answers", postgres::answers);
        return Optional.of(postgres);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** A database that nothing was written to. */
    public DatabaseConfig newDatabase() throws SQLException {
        databases++;
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA s" + databases);
        }
        return new DatabaseConfig(
                folder, Optional.of(jdbcUrl() + "?currentSchema=s" + databases), Optional.of(USER), Optional.empty());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        delete(folder);
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), USER, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** PostgreSQL refuses to run as root, so root asks the user of that name to. */
    private static Process run(String... command) throws IOException {
        List<String> words = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command));
        return new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted().forEach(version -> folders.add(version.resolve("bin")));
            }
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            folders.add(Path.of(folder));
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
