package coldstream.scorestore;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Item priors in Redis: hash {@code cs:v1:prior:<model>}, item id → sum and count, as text. One script adds up what one
 * request brought, so that workers that observe at once lose nothing of each other's; past the bound items chosen by chance
 * go. One round trip a call.
 */
public final class RedisItemPriorStore implements ItemPriorStore {

    /** {@code KEYS[1]} hash; {@code ARGV}: time to live in ms, bound, memory, then item and deviation in turn. */
    private static final String OBSERVE = """
            local memory = tonumber(ARGV[3])
            for i = 4, #ARGV, 2 do
              local known = redis.call('HGET', KEYS[1], ARGV[i]) or ''
              local sum, count = string.match(known, '^(%S+) (%S+)$')
              sum = tonumber(sum or '0') or 0
              count = tonumber(count or '0') or 0
              local keep = 1
              if count >= memory then keep = 1 - 1 / memory end
              redis.call('HSET', KEYS[1], ARGV[i],
                  string.format('%.17g %.17g', keep * sum + tonumber(ARGV[i + 1]), keep * count + 1))
            end
            local bound = tonumber(ARGV[2])
            local over = redis.call('HLEN', KEYS[1]) - bound
            if over > 0 then
              redis.call('HDEL', KEYS[1], unpack(redis.call('HRANDFIELD', KEYS[1], math.min(over, 1000))))
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    private final RedisConnection redis;
    private final String key;
    private final int most;
    private final Duration keptFor;

    /**
     * @param model whose opinion it is, and how it is asked; another's is another hash
     * @param most items kept, at least 1
     * @param keptFor time to live after the last score
     */
    public RedisItemPriorStore(RedisConnection redis, String model, int most, Duration keptFor) {
        check(most >= 1, "item priors kept must be at least 1, got %d", most);
        this.redis = redis;
        this.key = RedisKeys.prior(model);
        this.most = most;
        this.keptFor = keptFor;
    }

    @Override
    public Map<ItemId, Sum> find(Collection<ItemId> items) {
        if (items.isEmpty()) {
            return Map.of();
        }
        List<ItemId> wanted = List.copyOf(items);
        String[] fields = wanted.stream().map(ItemId::value).toArray(String[]::new);
        List<String> values = redis.call(client -> client.hmget(key, fields));
        Map<ItemId, Sum> found = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            read(found, wanted.get(i), values.get(i));
        }
        return found;
    }

    /** Leaves out what is no sum: somebody else's value is not guessed at. */
    private static void read(Map<ItemId, Sum> found, ItemId item, String value) {
        String[] parts = String.valueOf(value).split(" ", -1);
        if (parts.length != 2) {
            return;
        }
        try {
            double deviations = Double.parseDouble(parts[0]);
            double count = Double.parseDouble(parts[1]);
            if (Double.isFinite(deviations) && count >= Math.abs(deviations)) {
                found.put(item, new Sum(deviations, count));
            }
        } catch (NumberFormatException e) {
            return;
        }
    }

    @Override
    public void observe(Map<ItemId, Double> deviations) {
        if (deviations.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(keptFor.toMillis()));
        arguments.add(Integer.toString(most));
        arguments.add(Double.toString(MEMORY));
        deviations.forEach((item, deviation) -> {
            arguments.add(item.value());
            arguments.add(Double.toString(deviation));
        });
        redis.call(client -> client.eval(OBSERVE, List.of(key), arguments));
    }
}
