package coldstream.app.dlq;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.console.deadletter.LetterDesk;
import coldstream.console.deadletter.LetterIndex;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say where dead letters are and how to answer. */
final class LetterOptions {

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Option(
            names = "--scan",
            defaultValue = "100000",
            paramLabel = "N",
            description = "Records looked at in each topic, from its end (default: 100000).")
    private int scan;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** A desk that knows of what is there now. */
    LetterDesk desk() {
        Settings settings = options.read(Services.settings());
        var setup = new TopicSetup(
                new Topics(settings.get(SharedSettings.NAMESPACE)),
                settings.get(SharedSettings.MODEL_NAME),
                settings.get(SharedSettings.TOPIC_PARTITIONS),
                settings.get(SharedSettings.TOPIC_REPLICATION));
        var index = new LetterIndex(scan);
        var desk = new LetterDesk(settings.kafkaClient(), setup, index, InstantSource.system());
        desk.readAll(scan);
        return desk;
    }

    void print(Object answer, String text) throws JsonProcessingException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(
                json
                        ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(answer)
                                + System.lineSeparator()
                        : text);
        out.flush();
    }
}
