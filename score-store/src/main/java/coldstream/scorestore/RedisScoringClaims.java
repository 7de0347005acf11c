package coldstream.scorestore;

import coldstream.domain.ScoringClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Response;

/**
 * Claims in Redis, three keys of one user: {@code cs:v1:{user}:claim} holds the owner, {@code …:debounce} is there while the
 * user must not be asked about again, {@code …:answered:<request>} for a while after the answer. Each call is one round trip.
 */
public final class RedisScoringClaims implements ScoringClaims {

    /** {@code KEYS}: claim, debounce, answered; {@code ARGV}: owner, lease in ms. */
    private static final String CLAIM = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              return 'MINE'
            end
            if redis.call('EXISTS', KEYS[3]) == 1 then return 'ANSWERED' end
            if redis.call('EXISTS', KEYS[2]) == 1 then return 'DEBOUNCED' end
            if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 'MINE' end
            return 'TAKEN'
            """;

    /** {@code KEYS[1]} claim; {@code ARGV}: owner, lease in ms. */
    private static final String RENEW = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 0
            """;

    /** {@code KEYS}: claim, debounce, answered; {@code ARGV}: owner, debounce in ms, remember in ms. */
    private static final String ANSWERED = """
            redis.call('SET', KEYS[3], '1', 'PX', ARGV[3])
            if tonumber(ARGV[2]) > 0 then redis.call('SET', KEYS[2], '1', 'PX', ARGV[2]) end
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 1
            """;

    /** {@code KEYS[1]} claim; {@code ARGV[1]} owner. */
    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private final RedisConnection redis;
    private final Times times;

    public RedisScoringClaims(RedisConnection redis, Times times) {
        this.redis = redis;
        this.times = times;
    }

    @Override
    public List<Verdict> claim(List<Claim> claims) {
        List<Response<Object>> answers =
                run(CLAIM, claims, RedisScoringClaims::all, claim -> List.of(claim.owner(), lease()));
        return answers.stream()
                .map(answer -> Verdict.valueOf(String.valueOf(answer.get())))
                .toList();
    }

    @Override
    public void renew(List<Claim> claims) {
        run(RENEW, claims, RedisScoringClaims::one, claim -> List.of(claim.owner(), lease()));
    }

    @Override
    public void answered(List<Claim> claims) {
        String debounce = Long.toString(times.debounce().toMillis());
        String remember = Long.toString(times.remember().toMillis());
        run(ANSWERED, claims, RedisScoringClaims::all, claim -> List.of(claim.owner(), debounce, remember));
    }

    @Override
    public void release(List<Claim> claims) {
        run(RELEASE, claims, RedisScoringClaims::one, claim -> List.of(claim.owner()));
    }

    private String lease() {
        return Long.toString(times.lease().toMillis());
    }

    private List<Response<Object>> run(
            String script,
            List<Claim> claims,
            Function<Claim, List<String>> keys,
            Function<Claim, List<String>> arguments) {
        List<Response<Object>> answers = new ArrayList<>(claims.size());
        if (claims.isEmpty()) {
            return answers;
        }
        redis.pipeline(pipeline -> {
            claims.forEach(claim -> answers.add(pipeline.eval(script, keys.apply(claim), arguments.apply(claim))));
            return answers;
        });
        return answers;
    }

    private static List<String> one(Claim claim) {
        return List.of(RedisKeys.claim(claim.user()));
    }

    private static List<String> all(Claim claim) {
        return List.of(
                RedisKeys.claim(claim.user()),
                RedisKeys.debounce(claim.user()),
                RedisKeys.answered(claim.user(), claim.requestId()));
    }
}
