package coldstream.app;

import coldstream.console.ConsoleService;
import coldstream.ingest.IngestService;
import coldstream.registry.RegistryService;
import coldstream.scorer.ScorerWorker;
import coldstream.service.RunningService;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.serving.ServingService;
import coldstream.trainer.OnlineTrainer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The processes of the system, in the order the data takes, and everything they can be told. */
public final class Services {

    /**
     * @param name of its command
     * @param purpose one sentence
     * @param settings it reads
     * @param create makes one that is not started yet
     */
    public record Service(
            String name,
            String purpose,
            Supplier<List<Setting<?>>> settings,
            BiFunction<Settings, MeterRegistry, RunningService> create) {}

    public static final List<Service> ALL = List.of(
            new Service(
                    "ingest",
                    "Takes events over HTTP and from Kafka, and turns them into samples and score requests.",
                    IngestService::settings,
                    IngestService::create),
            new Service(
                    "scorer-worker",
                    "Reads items and answers score requests with a language model.",
                    ScorerWorker::settings,
                    ScorerWorker::create),
            new Service(
                    "online-trainer",
                    "Learns from samples, predicting each before it learns from it, and publishes snapshots.",
                    OnlineTrainer::settings,
                    OnlineTrainer::create),
            new Service(
                    "model-registry",
                    "Keeps snapshots as versions and decides which one serves.",
                    RegistryService::settings,
                    RegistryService::create),
            new Service(
                    "serving",
                    "Answers with the champion: recommendations, and scores by the Open Inference Protocol.",
                    ServingService::settings,
                    ServingService::create),
            new Service(
                    "console",
                    "Shows how learning, serving and scoring are doing on one page, and carries out what a person decides.",
                    ConsoleService::settings,
                    ConsoleService::create));

    private Services() {}

    /** Every setting of every process, by key: one file may serve them all. */
    public static List<Setting<?>> settings() {
        Map<String, Setting<?>> all = new LinkedHashMap<>();
        SharedSettings.ALL.forEach(setting -> all.put(setting.key(), setting));
        ALL.forEach(service -> service.settings().get().forEach(setting -> all.putIfAbsent(setting.key(), setting)));
        return List.copyOf(all.values());
    }
}
