package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of the language model besides the requests' own questions.
 *
 * @param made whether taste profiles are made
 * @param refresh positives of a user after which its profile is made again, at least 1
 * @param age of a profile after which it is made again, at least a minute
 * @param tailUsers users asked about besides, for each request that a tail item caused, 0 to 10
 */
record ProfileSettings(boolean made, int refresh, Duration age, int tailUsers) {

    static final Setting<Boolean> MADE = Setting.ofBoolean(
            "scorer.profiles",
            false,
            "make taste profiles of cold users, for the trainer's profile guidance; with a chat model each is a call");

    static final Setting<Integer> REFRESH = Setting.ofInt(
            "scorer.profile-refresh", 10, "positives", "positives of a user after which its profile is made again");

    static final Setting<Duration> AGE = Setting.ofDuration(
            "scorer.profile-age",
            Duration.ofDays(30),
            "age by the clock after which a user's profile is made again, and until which Redis keeps it");

    static final Setting<Integer> TAIL_USERS = Setting.ofInt(
            "scorer.tail-users",
            0,
            "users",
            "users who could like a tail item that are asked about besides; each costs a request");

    static final List<Setting<?>> ALL = List.of(MADE, REFRESH, AGE, TAIL_USERS);

    ProfileSettings {
        check(refresh >= 1, "scorer.profile-refresh must be at least 1, got %d", refresh);
        check(age.compareTo(Duration.ofMinutes(1)) >= 0, "scorer.profile-age must be at least 1m, got %s", age);
        check(tailUsers >= 0 && tailUsers <= 10, "scorer.tail-users must be 0 to 10, got %d", tailUsers);
    }

    static ProfileSettings from(Settings settings) {
        return new ProfileSettings(
                settings.get(MADE), settings.get(REFRESH), settings.get(AGE), settings.get(TAIL_USERS));
    }
}
