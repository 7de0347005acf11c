package coldstream.scorestore;

import coldstream.domain.Spend;
import coldstream.domain.SpendLedger;
import coldstream.domain.SpendLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The ledger in Redis: hash {@code cs:v1:{spend}:minute} with a field for every 5 s and kind, hash
 * {@code cs:v1:{spend}:day:<days since 1970>}. One script reads, decides and writes, so workers cannot outbid each other.
 *
 * <p>The clocks of workers should agree to within a few seconds; what one is off, a minute is longer for it.
 */
public final class RedisSpendLedger implements SpendLedger {

    private static final long DAY = Duration.ofDays(1).toMillis();

    /**
     * {@code KEYS}: minute, day. {@code ARGV}: 1 now in ms, 2 questions, 3 to 5 requests, tokens and micros of each, 6 to 8 of
     * the correction, 9 to 12 the limits. Answers: booked, requests and tokens of the minute, requests, tokens and micros of
     * the day, ms to wait.
     */
    private static final String BOOK = """
            local function n(i) return tonumber(ARGV[i]) end
            local step, window = 5000, 60000
            local now, wanted = n(1), n(2)
            local slot = math.floor(now / step)
            local oldest = slot - window / step
            local fields = redis.call('HGETALL', KEYS[1])
            local requests, tokens, first = 0, 0, slot
            for i = 1, #fields, 2 do
              local at, kind = string.match(fields[i], '^(%d+):(%a)$')
              at = tonumber(at)
              if at == nil or at < oldest then
                redis.call('HDEL', KEYS[1], fields[i])
              else
                local value = tonumber(fields[i + 1])
                if value > 0 and at < first then first = at end
                if kind == 'r' then requests = requests + value else tokens = tokens + value end
              end
            end
            local day = redis.call('HMGET', KEYS[2], 'r', 't', 'm')
            local dr, dt, dm = tonumber(day[1] or 0), tonumber(day[2] or 0), tonumber(day[3] or 0)
            requests, tokens = requests + n(6), tokens + n(7)
            dr, dt, dm = dr + n(6), dt + n(7), dm + n(8)
            local booked = wanted
            local wait = 0
            local function fit(spent, each, limit, pause)
              if limit <= 0 or each <= 0 then return end
              local room = math.max(0, math.floor((limit - spent) / each))
              if room < wanted then
                booked = math.min(booked, room)
                wait = math.max(wait, pause)
              end
            end
            local minute = (first + window / step + 1) * step - now
            local tomorrow = 86400000 - now % 86400000
            fit(requests, n(3), n(9), minute)
            fit(tokens, n(4), n(10), minute)
            fit(dt, n(4), n(11), tomorrow)
            fit(dm, n(5), n(12), tomorrow)
            local r, t, m = booked * n(3) + n(6), booked * n(4) + n(7), booked * n(5) + n(8)
            if r ~= 0 or t ~= 0 or m ~= 0 then
              redis.call('HINCRBY', KEYS[1], slot .. ':r', string.format('%.0f', r))
              redis.call('HINCRBY', KEYS[1], slot .. ':t', string.format('%.0f', t))
              redis.call('PEXPIRE', KEYS[1], 2 * window)
              redis.call('HINCRBY', KEYS[2], 'r', string.format('%.0f', r))
              redis.call('HINCRBY', KEYS[2], 't', string.format('%.0f', t))
              redis.call('HINCRBY', KEYS[2], 'm', string.format('%.0f', m))
              redis.call('PEXPIRE', KEYS[2], 2 * 86400000)
            end
            local each = {booked * n(3), booked * n(4), booked * n(5)}
            return {booked, requests + each[1], tokens + each[2], dr + each[1], dt + each[2], dm + each[3], wait}
            """;

    private final RedisConnection redis;
    private final InstantSource clock;

    public RedisSpendLedger(RedisConnection redis, InstantSource clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public Booked book(int questions, Spend each, Spend correction, SpendLimits limits) {
        long now = clock.millis();
        List<String> keys = List.of(RedisKeys.SPEND_MINUTE, RedisKeys.spendDay(now / DAY));
        List<String> arguments = List.of(
                Long.toString(now),
                Integer.toString(questions),
                Long.toString(each.requests()),
                Long.toString(each.tokens()),
                Long.toString(each.micros()),
                Long.toString(correction.requests()),
                Long.toString(correction.tokens()),
                Long.toString(correction.micros()),
                Long.toString(limits.requestsPerMinute()),
                Long.toString(limits.tokensPerMinute()),
                Long.toString(limits.tokensPerDay()),
                Long.toString(limits.microsPerDay()));
        List<?> answer = (List<?>) redis.call(client -> client.eval(BOOK, keys, arguments));
        return new Booked(
                (int) number(answer, 0),
                new Spend(number(answer, 1), number(answer, 2), 0),
                new Spend(number(answer, 3), number(answer, 4), number(answer, 5)),
                Duration.ofMillis(number(answer, 6)));
    }

    private static long number(List<?> answer, int place) {
        return ((Number) answer.get(place)).longValue();
    }
}
