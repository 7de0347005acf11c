package coldstream.domain;

import java.util.Optional;

/**
 * The last {@linkplain ScoreTranscript questions and answers} about some users, for a bounded time: for people to look at, and
 * nothing depends on it.
 *
 * <p>Every method throws {@link StoreUnavailableException}, soon, when the store is away.
 */
public interface TranscriptStore {

    /** Keeps it in place of the user's last one; where the store is full another user's goes. */
    void put(ScoreTranscript transcript);

    Optional<ScoreTranscript> find(UserId user);
}
