package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How many questions and answers are kept to be looked at, and for how long.
 *
 * @param users whose last question is kept, 0 to 100 000; 0 for none
 * @param keptFor time to live
 */
record TranscriptSettings(int users, Duration keptFor) {

    static final Setting<Integer> USERS = Setting.ofInt(
            "scorer.transcripts",
            1_000,
            "users",
            "users whose last question to the chat model and its answer redis keeps, for coldstream scores; 0 for none");

    static final Setting<Duration> KEPT_FOR =
            Setting.ofDuration("scorer.transcript-ttl", Duration.ofDays(1), "how long redis keeps them");

    static final List<Setting<?>> ALL = List.of(USERS, KEPT_FOR);

    TranscriptSettings {
        check(users >= 0 && users <= 100_000, "scorer.transcripts must be 0 to 100000, got %d", users);
        check(keptFor.toMillis() >= 1_000, "scorer.transcript-ttl must be at least 1s, got %s", keptFor);
    }

    static TranscriptSettings from(Settings settings) {
        return new TranscriptSettings(settings.get(USERS), settings.get(KEPT_FOR));
    }
}
