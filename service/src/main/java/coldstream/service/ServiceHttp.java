package coldstream.service;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a process: its own routes, {@code /health/live}, {@code /health/ready}, {@code /metrics}, and errors
 * as {@code application/problem+json} unless a path has another form.
 *
 * <p>Closing lets requests that have begun end first, for a bounded time.
 */
public final class ServiceHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceHttp.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration STOP_LIMIT = Duration.ofSeconds(4);
    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 4;
    private static final int IDLE_MILLIS = 60_000;
    private static final int IDLE_STOP_MILLIS = 100;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    private final Javalin app;
    private final AtomicBoolean draining;

    private ServiceHttp(Javalin app, AtomicBoolean draining) {
        this.app = app;
        this.draining = draining;
    }

    /** A server that is not started yet; a port of 0 means any free one. */
    public static Builder builder(String bindAddress, int port, MeterRegistry meters) {
        return new Builder(bindAddress, port, meters);
    }

    /** Whether nobody outside of this machine reaches a server bound to an address. */
    public static boolean isLoopback(String bindAddress) {
        return LOOPBACK.contains(bindAddress);
    }

    /** The port it listens on. */
    public int port() {
        return app.port();
    }

    /** From now on it answers that it is not ready, whatever its checks say; everything else is answered as before. */
    public void drain() {
        draining.set(true);
    }

    @Override
    public void close() {
        app.stop();
    }

    /** Collects what the server answers. */
    public static final class Builder {

        private final String bindAddress;
        private final int port;
        private final MeterRegistry meters;
        private final Map<String, BooleanSupplier> signsOfLife = new LinkedHashMap<>();
        private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        private final AtomicBoolean draining = new AtomicBoolean();
        private final Map<String, ErrorForm> forms = new LinkedHashMap<>();
        private Consumer<Javalin> routes = app -> {};
        private Consumer<JavalinConfig> configuration = config -> {};

        private Builder(String bindAddress, int port, MeterRegistry meters) {
            this.bindAddress = bindAddress;
            this.port = port;
            this.meters = meters;
        }

        /** Adds a named condition of life: one that fails for good, so that only a new process helps. */
        public Builder live(String name, BooleanSupplier check) {
            signsOfLife.put(name, check);
            return this;
        }

        /** Adds a named condition of readiness. */
        public Builder ready(String name, BooleanSupplier check) {
            checks.put(name, check);
            return this;
        }

        /** Adds handlers. */
        public Builder routes(Consumer<Javalin> more) {
            routes = routes.andThen(more);
            return this;
        }

        /** Adds configuration, such as the largest request. */
        public Builder configure(Consumer<JavalinConfig> more) {
            configuration = configuration.andThen(more);
            return this;
        }

        /** Errors below the path prefix are written in this form. */
        public Builder errors(String pathPrefix, ErrorForm form) {
            forms.put(pathPrefix, form);
            return this;
        }

        /**
         * Binds the port and answers from then on.
         *
         * @throws UncheckedIOException in one line, if the port is taken
         */
        public ServiceHttp start() {
            Javalin app = Javalin.create(config -> {
                config.showJavalinBanner = false;
                config.startupWatcherEnabled = false;
                config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_MILLIS);
                // What lets a stop wait for open requests.
                config.jetty.modifyServer(server -> server.setHandler(new StatisticsHandler()));
                configuration.accept(config);
            });
            app.get("/health/live", this::answerLive);
            app.get("/health/ready", this::answerReady);
            app.get("/metrics", this::answerMetrics);
            app.exception(ProblemException.class, (e, context) -> answer(e.problem(), context));
            app.exception(HttpResponseException.class, (e, context) -> answer(problem(e), context));
            app.exception(Exception.class, this::answerUnexpected);
            routes.accept(app);
            try {
                app.start(bindAddress, port);
                app.jettyServer().server().setStopTimeout(STOP_LIMIT.toMillis());
                for (Connector connector : app.jettyServer().server().getConnectors()) {
                    if (connector instanceof ServerConnector idle) {
                        idle.setShutdownIdleTimeout(IDLE_STOP_MILLIS); // clients keep connections nobody uses
                    }
                }
            } catch (JavalinBindException e) {
                throw new UncheckedIOException(
                        new IOException("port " + port + " on " + bindAddress + " is in use or may not be bound"));
            }
            return new ServiceHttp(app, draining);
        }

        private void answerLive(Context context) {
            answerHealth(context, "live", results(signsOfLife));
        }

        private void answerReady(Context context) {
            Map<String, Boolean> results = results(checks);
            if (draining.get()) {
                results.put("accepting", false);
            }
            answerHealth(context, "ready", results);
        }

        private static Map<String, Boolean> results(Map<String, BooleanSupplier> checks) {
            Map<String, Boolean> results = new LinkedHashMap<>();
            checks.forEach((name, check) -> results.put(name, check.getAsBoolean()));
            return results;
        }

        private static void answerHealth(Context context, String status, Map<String, Boolean> results) {
            boolean holds = !results.containsValue(false);
            context.status(holds ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
            json(context, Map.of("status", holds ? status : "not " + status, "checks", results));
        }

        private void answerMetrics(Context context) {
            String text = meters instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "";
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(text);
        }

        private void answerUnexpected(Exception e, Context context) {
            LOG.atError()
                    .addKeyValue("method", context.method())
                    .addKeyValue("path", context.path())
                    .setCause(e)
                    .log("request failed");
            answer(new Problem(500, "Internal error", "the request failed; the log says why"), context);
        }

        private void answer(Problem problem, Context context) {
            context.status(problem.status());
            problem.headers().forEach(context::header);
            forms.entrySet().stream()
                    .filter(form -> context.path().startsWith(form.getKey()))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(ServiceHttp::writeProblem)
                    .write(problem, context);
        }

        private static Problem problem(HttpResponseException e) {
            int status = Math.max(400, e.getStatus());
            String title = HttpStatus.forStatus(status).getMessage();
            String detail = e.getMessage() == null ? title : e.getMessage();
            return new Problem(status, title, detail);
        }
    }

    private static void writeProblem(Problem problem, Context context) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        json(context, body);
        context.contentType(Problem.CONTENT_TYPE);
    }

    private static void json(Context context, Object body) {
        try {
            context.result(JSON.writeValueAsBytes(body)).contentType("application/json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
