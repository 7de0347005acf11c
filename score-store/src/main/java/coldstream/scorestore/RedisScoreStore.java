package coldstream.scorestore;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreStore;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Soft scores in Redis: hash {@code cs:v1:{user}:soft}, item id → {@code {"time","score","request","model"}}.
 *
 * <p>One script per answer keeps the newer of two scores of an item, bounds the hash and renews its time to live, all at
 * once: a redelivered or late answer changes nothing.
 */
public final class RedisScoreStore implements ScoreStore {

    /**
     * {@code KEYS[1]} hash; {@code ARGV}: time to live in ms, bound, time of this answer, then item and value in turn.
     * Times have one fixed width, so text order is time order.
     */
    private static final String PUT = """
            local function written(value)
              return string.match(value or '', '"time":"([^"]*)"') or ''
            end
            local items = {}
            for i = 4, #ARGV, 2 do items[#items + 1] = ARGV[i] end
            local known = redis.call('HMGET', KEYS[1], unpack(items))
            local set = {}
            for n, item in ipairs(items) do
              if written(known[n]) <= ARGV[3] then
                set[#set + 1] = item
                set[#set + 1] = ARGV[3 + 2 * n]
              end
            end
            if #set > 0 then redis.call('HSET', KEYS[1], unpack(set)) end
            local bound = tonumber(ARGV[2])
            if redis.call('HLEN', KEYS[1]) > bound then
              local all = redis.call('HGETALL', KEYS[1])
              local ages = {}
              for i = 1, #all, 2 do ages[#ages + 1] = {all[i], written(all[i + 1])} end
              table.sort(ages, function(a, b)
                if a[2] == b[2] then return a[1] < b[1] end
                return a[2] < b[2]
              end)
              for i = 1, #ages - math.floor(bound * 0.75) do redis.call('HDEL', KEYS[1], ages[i][1]) end
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return #set / 2
            """;

    private final RedisConnection redis;
    private final RedisBounds bounds;

    public RedisScoreStore(RedisConnection redis, RedisBounds bounds) {
        this.redis = redis;
        this.bounds = bounds;
    }

    @Override
    public void putAll(List<SoftScores> answers) {
        List<SoftScores> kept =
                answers.stream().filter(RedisScoreStore::isOpinion).toList();
        if (kept.isEmpty()) {
            return;
        }
        redis.pipeline(pipeline -> kept.stream()
                .map(answer -> pipeline.eval(PUT, List.of(RedisKeys.softScores(answer.user())), arguments(answer)))
                .toList());
    }

    private static boolean isOpinion(SoftScores answer) {
        return !answer.scores().isEmpty() && answer.shown().isEmpty();
    }

    private List<String> arguments(SoftScores answer) {
        return StoredScoreFormat.arguments(answer, bounds.scoresFor().toMillis(), bounds.scoresPerUser());
    }

    @Override
    public Map<ItemId, StoredScore> find(UserId user) {
        return read(redis.call(client -> client.hgetAll(RedisKeys.softScores(user))));
    }

    /** Scores of the hash's fields; what is none is left out. */
    static Map<ItemId, StoredScore> read(Map<String, String> hash) {
        Map<ItemId, StoredScore> scores = new LinkedHashMap<>();
        hash.forEach((item, value) -> {
            Optional<StoredScore> score = StoredScoreFormat.read(value);
            if (score.isPresent() && !item.isBlank()) {
                scores.put(new ItemId(item), score.get());
            }
        });
        return scores;
    }
}
