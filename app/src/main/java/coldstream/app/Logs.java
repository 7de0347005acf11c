package coldstream.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where log lines go: standard error for a service, a file where people watch the screen. */
public final class Logs {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS,UTC}Z %-5level [%thread] %logger{30} %msg %kvp%n";

    /** Libraries that say much at INFO and nothing we act on. */
    private static final List<String> CHATTY = List.of(
            "org.apache.kafka",
            "kafka",
            "state.change.logger",
            "io.javalin",
            "org.eclipse.jetty",
            "org.flywaydb",
            "com.zaxxer.hikari",
            "org.apache.hc",
            "software.amazon",
            "ai.djl",
            "org.rocksdb");

    /** What these warn of is their own housekeeping, or said again by us. */
    private static final List<String> WARN_OF_NOTHING = List.of(
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
            "org.apache.kafka.streams.StreamsConfig",
            "org.apache.kafka.streams.processor.internals.StateDirectory",
            "ai.djl.util.cuda",
            "io.javalin");

    private Logs() {}

    /** Warnings and our own news on standard error. */
    public static void toConsole() {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        install(console, Level.INFO);
    }

    /** Everything to a file, nothing to the console. */
    public static void toFile(Path file) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        appender.setAppend(false);
        install(appender, Level.DEBUG);
    }

    private static void install(OutputStreamAppender<ILoggingEvent> appender, Level ours) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        context.getLogger("io.javalin.Javalin").setLevel(Level.OFF); // it repeats what it throws
        WARN_OF_NOTHING.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        context.getLogger("coldstream").setLevel(ours);
    }
}
