package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.service.Setting;
import coldstream.service.Settings;
import java.util.List;

/**
 * Whether and how taste profiles are made.
 *
 * @param made whether they are
 * @param refresh positives of a user after which its profile is made again, at least 1
 */
record ProfileSettings(boolean made, int refresh) {

    static final Setting<Boolean> MADE = Setting.ofBoolean(
            "scorer.profiles",
            false,
            "make taste profiles of cold users, for the trainer's profile guidance; with a chat model each is a call");

    static final Setting<Integer> REFRESH = Setting.ofInt(
            "scorer.profile-refresh", 10, "positives", "positives of a user after which its profile is made again");

    static final List<Setting<?>> ALL = List.of(MADE, REFRESH);

    ProfileSettings {
        check(refresh >= 1, "scorer.profile-refresh must be at least 1, got %d", refresh);
    }

    static ProfileSettings from(Settings settings) {
        return new ProfileSettings(settings.get(MADE), settings.get(REFRESH));
    }
}
