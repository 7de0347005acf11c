package coldstream.app;

import coldstream.service.RunningService;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one service until it is told to stop. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
final class ServiceCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCommand.class);

    private final Services.Service service;

    private final Interruption interruption;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    private ServiceCommand(Services.Service service, Interruption interruption) {
        this.service = service;
        this.interruption = interruption;
    }

    static CommandLine of(Services.Service service, Interruption interruption) {
        CommandLine line = new CommandLine(new ServiceCommand(service, interruption));
        line.getCommandSpec()
                .usageMessage()
                .description(service.purpose(), "", "What it can be told: coldstream config");
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = options.read(Services.settings());
        PrometheusMeterRegistry meters = Meters.forThisProcess();
        try (RunningService running = service.create().apply(settings, meters)) {
            running.start();
            interruption.first(() -> drain(running, settings.get(SharedSettings.DRAIN)));
            LOG.atInfo()
                    .addKeyValue("service", service.name())
                    .addKeyValue("settings", settings)
                    .log("started");
            awaitSignal();
        } finally {
            meters.close();
        }
        LOG.atInfo().addKeyValue("service", service.name()).log("stopped");
        return CommandLine.ExitCode.OK;
    }

    /** Whoever sends requests learns that this process is going, and has a while to send them elsewhere. */
    private void drain(RunningService running, Duration pause) {
        running.drain();
        LOG.atInfo()
                .addKeyValue("service", service.name())
                .addKeyValue("pause", pause)
                .log("draining");
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitSignal() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // told to stop, which is how a service ends well
        }
    }
}
