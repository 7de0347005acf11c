package coldstream.scorestore;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import coldstream.wire.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * User states in Redis: hash {@code cs:v1:{user}:state} with {@code count}, {@code negatives} and {@code history}, a JSON list
 * of item ids, newest last. A script keeps the state of more events.
 */
public final class RedisUserStateStore implements UserStateStore {

    /** {@code KEYS[1]} hash; {@code ARGV}: time to live in ms, count, negatives, history. */
    private static final String PUT = """
            local known = tonumber(redis.call('HGET', KEYS[1], 'count') or '')
            local refused = tonumber(redis.call('HGET', KEYS[1], 'negatives') or '') or 0
            if known and known + refused > tonumber(ARGV[2]) + tonumber(ARGV[3]) then return 0 end
            redis.call('HSET', KEYS[1], 'count', ARGV[2], 'negatives', ARGV[3], 'history', ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    /** Of the hash, in the order they are asked for. */
    static final String[] FIELDS = {"count", "negatives", "history"};

    private final RedisConnection redis;
    private final RedisBounds bounds;

    public RedisUserStateStore(RedisConnection redis, RedisBounds bounds) {
        this.redis = redis;
        this.bounds = bounds;
    }

    @Override
    public void putAll(Map<UserId, UserState> states) {
        if (states.isEmpty()) {
            return;
        }
        redis.pipeline(pipeline -> states.entrySet().stream()
                .map(entry ->
                        pipeline.eval(PUT, List.of(RedisKeys.userState(entry.getKey())), arguments(entry.getValue())))
                .toList());
    }

    private List<String> arguments(UserState state) {
        return List.of(
                Long.toString(bounds.stateFor().toMillis()),
                Long.toString(state.count()),
                Long.toString(state.negatives()),
                new String(Json.write(state.history()), StandardCharsets.UTF_8));
    }

    @Override
    public Optional<UserState> find(UserId user) {
        return read(redis.call(client -> client.hmget(RedisKeys.userState(user), FIELDS)));
    }

    /** A state of its {@link #FIELDS}, any of which may be missing. */
    static Optional<UserState> read(List<@Nullable String> fields) {
        String count = fields.get(0);
        String negatives = fields.get(1);
        String history = fields.get(2);
        return count == null || history == null
                ? Optional.empty()
                : read(count, negatives == null ? "0" : negatives, history);
    }

    private static Optional<UserState> read(String count, String negatives, String history) {
        try {
            ItemId[] items = Json.mapper().readValue(history, ItemId[].class);
            return Optional.of(new UserState(Arrays.asList(items), Long.parseLong(count), Long.parseLong(negatives)));
        } catch (JsonProcessingException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
