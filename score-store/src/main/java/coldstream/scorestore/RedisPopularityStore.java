package coldstream.scorestore;

import coldstream.domain.ItemId;
import coldstream.domain.PopularityStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ZAddParams;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/** Popularity in Redis: sorted set {@code cs:v1:popular}, item id → count, cut to the most popular items at each write. */
public final class RedisPopularityStore implements PopularityStore {

    private final RedisConnection redis;
    private final RedisBounds bounds;

    public RedisPopularityStore(RedisConnection redis, RedisBounds bounds) {
        this.redis = redis;
        this.bounds = bounds;
    }

    @Override
    public void putAll(Map<ItemId, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        Map<String, Double> members = new HashMap<>();
        counts.forEach((item, count) -> members.put(item.value(), (double) count));
        redis.pipeline(pipeline -> List.<Response<?>>of(
                pipeline.zadd(
                        RedisKeys.POPULAR, members, ZAddParams.zAddParams().gt()),
                pipeline.zremrangeByRank(RedisKeys.POPULAR, 0, -1L - bounds.popularItems()),
                pipeline.pexpire(RedisKeys.POPULAR, bounds.popularFor().toMillis())));
    }

    @Override
    public Map<ItemId, Long> top(int limit) {
        if (limit <= 0) {
            return Map.of();
        }
        List<Tuple> top = redis.call(client -> client.zrangeWithScores(
                RedisKeys.POPULAR, ZRangeParams.zrangeParams(0, limit - 1).rev()));
        Map<ItemId, Long> counts = new LinkedHashMap<>();
        top.forEach(tuple -> counts.put(new ItemId(tuple.getElement()), (long) tuple.getScore()));
        return counts;
    }
}
