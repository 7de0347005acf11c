package coldstream.scorestore;

import coldstream.domain.UserContext;
import coldstream.domain.UserContextStore;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** Reads all that Redis keeps of users in one pipeline: three questions a user, one round trip (per node of a cluster). */
public final class RedisUserContextStore implements UserContextStore {

    private final RedisConnection redis;

    public RedisUserContextStore(RedisConnection redis) {
        this.redis = redis;
    }

    /** The answers to come. */
    private record Asked(
            UserId user, Response<List<String>> state, Response<Map<String, String>> scores, Response<String> profile) {

        static Asked of(UserId user, AbstractPipeline pipeline) {
            return new Asked(
                    user,
                    pipeline.hmget(RedisKeys.userState(user), RedisUserStateStore.FIELDS),
                    pipeline.hgetAll(RedisKeys.softScores(user)),
                    pipeline.hget(RedisKeys.profile(user), "profile"));
        }

        UserContext answer() {
            return new UserContext(
                    user,
                    RedisUserStateStore.read(state.get()),
                    RedisScoreStore.read(scores.get()),
                    RedisProfileStore.read(profile.get()));
        }
    }

    @Override
    public List<UserContext> find(List<UserId> users) {
        if (users.isEmpty()) {
            return List.of();
        }
        List<Asked> asked = new ArrayList<>();
        redis.pipeline(pipeline -> {
            List<Response<?>> all = new ArrayList<>();
            for (UserId user : users) {
                Asked one = Asked.of(user, pipeline);
                asked.add(one);
                all.addAll(List.of(one.state, one.scores, one.profile));
            }
            return all;
        });
        return asked.stream().map(Asked::answer).toList();
    }
}
