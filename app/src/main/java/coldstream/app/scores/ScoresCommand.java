package coldstream.app.scores;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisScoreStore;
import coldstream.scorestore.RedisTranscriptStore;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the language model was asked about a user, what it said, and what became of it. */
@Command(
        name = "scores",
        description = "Prints what the language model was asked about a user or wrote of an item, and what is stored.",
        footer = {
            "",
            "Questions are put together again from the topics: the history and the candidates by title, in the order",
            "asked first. A pair is two items of one answer; the trainer draws a few of those that differ enough, again",
            "and again while it remembers the answer, and keeps no list of them."
        },
        mixinStandardHelpOptions = true)
public final class ScoresCommand implements Callable<Integer> {

    /** A person waits longer than a service. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String PAIR_GAP = "trainer.pair-gap";

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    /** One of the two. */
    private static final class Subject {

        @Option(names = "--user", paramLabel = "ID", required = true, description = "Whose scores.")
        private @Nullable String user;

        @Option(
                names = "--item",
                paramLabel = "ID",
                required = true,
                description = "Which item's text, and what a language model wrote of it.")
        private @Nullable String item;
    }

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
        String said;
        try (UserTopics topics =
                new UserTopics(settings.kafkaClient(), new Topics(settings.get(SharedSettings.NAMESPACE)), scan)) {
            said = subject.item == null
                    ? ofUser(settings, topics, new UserId(Objects.requireNonNull(subject.user)))
                    : ofItem(topics, new ItemId(subject.item));
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(said);
        out.flush();
        return 0;
    }

    private String ofUser(Settings settings, UserTopics topics, UserId user) throws JsonProcessingException {
        try (RedisConnection redis = RedisConnection.to(settings.get(SharedSettings.REDIS_URL), PATIENCE)) {
            UserScores scores = new UserScoresReader(
                            new RedisScoreStore(redis, RedisBounds.DEFAULTS),
                            new RedisUserStateStore(redis, RedisBounds.DEFAULTS),
                            new RedisTranscriptStore(redis, 1, Duration.ofDays(1)),
                            pairGap(settings),
                            Instant.now())
                    .read(topics, user, Math.max(1, last));
            return json ? pretty(scores) : UserScoresText.of(scores);
        }
    }

    private String ofItem(UserTopics topics, ItemId item) throws JsonProcessingException {
        ItemWords words = ItemWords.of(item, topics.item(item), topics.enrichment(item), topics.vector(item));
        return json ? pretty(words) : words.text();
    }

    private static String pretty(Object value) throws JsonProcessingException {
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + System.lineSeparator();
    }

    private static double pairGap(Settings settings) {
        Setting<?> gap = settings.declared().stream()
                .filter(setting -> setting.key().equals(PAIR_GAP))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(String.valueOf(settings.get(gap)));
    }
}
