package coldstream.scorestore;

import static coldstream.domain.Check.check;

import coldstream.domain.ScoreTranscript;
import coldstream.domain.TranscriptStore;
import coldstream.domain.UserId;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/**
 * Transcripts in Redis, one of a user at {@code cs:v1:{user}:transcript} and so many in all as there are places: a user's
 * place hangs on the id, and whoever had it before goes. Everything expires.
 */
public final class RedisTranscriptStore implements TranscriptStore {

    private final RedisConnection redis;
    private final int places;
    private final Duration keptFor;

    /**
     * @param places transcripts kept at most, at least 1
     * @param keptFor time to live after the last write
     */
    public RedisTranscriptStore(RedisConnection redis, int places, Duration keptFor) {
        check(places >= 1, "transcripts kept must be at least 1, got %d", places);
        check(keptFor.toMillis() > 0, "time to live of transcripts must be at least 1 ms, got %s", keptFor);
        this.redis = redis;
        this.places = places;
        this.keptFor = keptFor;
    }

    @Override
    public void put(ScoreTranscript transcript) {
        String user = transcript.user().value();
        String place = RedisKeys.transcriptPlace(Math.floorMod(user.hashCode(), places));
        String json = new String(Json.write(transcript), StandardCharsets.UTF_8);
        SetParams expiring = SetParams.setParams().px(keptFor.toMillis());
        List<Response<String>> had = new ArrayList<>(1);
        redis.pipeline(pipeline -> {
            had.add(pipeline.setGet(place, user, expiring));
            return List.of(had.get(0), pipeline.set(RedisKeys.transcript(transcript.user()), json, expiring));
        });
        String before = had.get(0).get();
        if (before != null && !before.isBlank() && !before.equals(user)) {
            redis.call(client -> client.del(RedisKeys.transcript(new UserId(before))));
        }
    }

    @Override
    public Optional<ScoreTranscript> find(UserId user) {
        String json = redis.call(client -> client.get(RedisKeys.transcript(user)));
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(json.getBytes(StandardCharsets.UTF_8), ScoreTranscript.class));
        } catch (SerializationException | IllegalArgumentException e) {
            return Optional.empty(); // somebody else's value
        }
    }
}
