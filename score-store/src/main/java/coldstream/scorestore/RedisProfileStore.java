package coldstream.scorestore;

import static coldstream.domain.Check.check;

import coldstream.domain.ProfileStore;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Taste profiles in Redis: hash {@code cs:v1:{user}:profile} with {@code version} (positives), {@code written}
 * (milliseconds since 1970) and {@code profile}, the whole as JSON. A script keeps the one of more history, then the later.
 */
public final class RedisProfileStore implements ProfileStore {

    /** {@code KEYS[1]} hash; {@code ARGV}: time to live in ms, version, written, profile. */
    private static final String PUT = """
            local known = redis.call('HMGET', KEYS[1], 'version', 'written')
            local version = tonumber(known[1] or '')
            local written = tonumber(known[2] or '')
            if version and written then
              if version > tonumber(ARGV[2]) then return 0 end
              if version == tonumber(ARGV[2]) and written > tonumber(ARGV[3]) then return 0 end
            end
            redis.call('HSET', KEYS[1], 'version', ARGV[2], 'written', ARGV[3], 'profile', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    private final RedisConnection redis;
    private final Duration keptFor;

    /** @param bounds a profile is kept as long as its user's state */
    public RedisProfileStore(RedisConnection redis, RedisBounds bounds) {
        this(redis, bounds.stateFor());
    }

    /** @param keptFor time to live of a profile after it was written: nobody reads an older one */
    public RedisProfileStore(RedisConnection redis, Duration keptFor) {
        check(keptFor.toMillis() > 0, "time to live of profiles must be at least 1 ms, got %s", keptFor);
        this.redis = redis;
        this.keptFor = keptFor;
    }

    @Override
    public void putAll(List<TasteProfile> profiles) {
        if (profiles.isEmpty()) {
            return;
        }
        redis.pipeline(pipeline -> profiles.stream()
                .map(profile -> pipeline.eval(PUT, List.of(RedisKeys.profile(profile.user())), arguments(profile)))
                .toList());
    }

    private List<String> arguments(TasteProfile profile) {
        return List.of(
                Long.toString(keptFor.toMillis()),
                Long.toString(profile.historyVersion()),
                Long.toString(profile.writtenAt().toEpochMilli()),
                new String(Json.write(profile), StandardCharsets.UTF_8));
    }

    @Override
    public Optional<TasteProfile> find(UserId user) {
        return read(redis.call(client -> client.hget(RedisKeys.profile(user), "profile")));
    }

    /** Nothing if the text is no profile: somebody else's value is left out, not guessed at. */
    static Optional<TasteProfile> read(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(text.getBytes(StandardCharsets.UTF_8), TasteProfile.class));
        } catch (SerializationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
