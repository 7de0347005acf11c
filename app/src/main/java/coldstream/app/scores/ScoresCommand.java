package coldstream.app.scores;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.domain.UserId;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisScoreStore;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the language model was asked about a user, what it said, and what became of it. */
@Command(
        name = "scores",
        description = "Prints what the language model was asked about a user, what it said, and what is stored.",
        footer = {
            "",
            "Questions are put together again from the topics: the history and the candidates by title, in the order",
            "asked first. A pair is two items of one answer; the trainer draws a few of those that differ enough, again",
            "and again while it remembers the answer, and keeps no list of them."
        },
        mixinStandardHelpOptions = true)
public final class ScoresCommand implements Callable<Integer> {

    private static final String PAIR_GAP = "trainer.pair-gap";

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--user", paramLabel = "ID", required = true, description = "Whose scores.")
    private String user = "";

    @Option(names = "--last", defaultValue = "3", paramLabel = "N", description = "Questions (default: 3).")
    private int last;

    @Option(
            names = "--scan",
            defaultValue = "200000",
            paramLabel = "N",
            description = "Records looked at in each partition, from its end (default: 200000).")
    private long scan;

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Settings settings = options.read(Services.settings());
        UserScores scores;
        try (RedisConnection redis = RedisConnection.to(settings.get(SharedSettings.REDIS_URL));
                UserTopics topics = new UserTopics(
                        settings.kafkaClient(), new Topics(settings.get(SharedSettings.NAMESPACE)), scan)) {
            scores = new UserScoresReader(
                            new RedisScoreStore(redis, RedisBounds.DEFAULTS),
                            new RedisUserStateStore(redis, RedisBounds.DEFAULTS),
                            pairGap(settings),
                            Instant.now())
                    .read(topics, new UserId(user), Math.max(1, last));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(
                json
                        ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(scores)
                                + System.lineSeparator()
                        : UserScoresText.of(scores));
        out.flush();
        return 0;
    }

    private static double pairGap(Settings settings) {
        Setting<?> gap = settings.declared().stream()
                .filter(setting -> setting.key().equals(PAIR_GAP))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(String.valueOf(settings.get(gap)));
    }
}
