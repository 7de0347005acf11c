package coldstream.app.scores;

import coldstream.app.scores.UserScores.Answer;
import coldstream.app.scores.UserScores.Question;
import coldstream.app.scores.UserScores.Scored;
import coldstream.app.scores.UserScores.Stored;
import coldstream.app.scores.UserScores.Titled;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreStore;
import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.ScoreTranscript;
import coldstream.domain.SoftScores;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.TranscriptStore;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what the topics and the stores know of a user's scores. */
final class UserScoresReader {

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final ScoreStore scores;
    private final UserStateStore states;
    private final TranscriptStore transcripts;
    private final double leastGap;
    private final Instant now;

    /** @param leastGap of a pair that the trainer learns from */
    UserScoresReader(
            ScoreStore scores, UserStateStore states, TranscriptStore transcripts, double leastGap, Instant now) {
        this.scores = scores;
        this.states = states;
        this.transcripts = transcripts;
        this.leastGap = leastGap;
        this.now = now;
    }

    /** @param last most questions */
    UserScores read(UserTopics topics, UserId user, int last) {
        List<ScoreRequest> requests = topics.requests(user, last);
        Map<String, SoftScores> answers = new LinkedHashMap<>();
        topics.answers(user, 2 * last).forEach(answer -> answers.put(answer.requestId(), answer));
        @Nullable Map<ItemId, StoredScore> stored = stored(user);
        Map<ItemId, String> titles = topics.titles(named(requests, answers, stored));
        Optional<UserState> state = state(user);
        List<Question> questions = new ArrayList<>();
        requests.forEach(request ->
                questions.add(question(request, Optional.ofNullable(answers.get(request.requestId())), state, titles)));
        Collections.reverse(questions);
        return new UserScores(
                user.value(),
                state.map(UserState::count).orElse(null),
                questions,
                stored == null ? null : shown(stored, titles),
                transcript(user));
    }

    private @Nullable Map<ItemId, StoredScore> stored(UserId user) {
        try {
            return scores.find(user);
        } catch (StoreUnavailableException e) {
            return null;
        }
    }

    private @Nullable ScoreTranscript transcript(UserId user) {
        try {
            return transcripts.find(user).orElse(null);
        } catch (StoreUnavailableException e) {
            return null;
        }
    }

    private Optional<UserState> state(UserId user) {
        try {
            return states.find(user);
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    private static Set<ItemId> named(
            List<ScoreRequest> requests, Map<String, SoftScores> answers, @Nullable Map<ItemId, StoredScore> stored) {
        Set<ItemId> items = new HashSet<>();
        requests.forEach(request -> items.addAll(request.history()));
        answers.values().forEach(answer -> answer.scores().forEach(score -> items.add(score.item())));
        if (stored != null) {
            items.addAll(stored.keySet());
        }
        return items;
    }

    private Question question(
            ScoreRequest request, Optional<SoftScores> answer, Optional<UserState> state, Map<ItemId, String> titles) {
        List<Titled> history = request.history().stream()
                .map(item -> new Titled(item.value(), titles.get(item)))
                .toList();
        return new Question(
                request.requestId(),
                request.reason().name().toLowerCase(Locale.ROOT),
                request.requestedAt(),
                request.historyVersion(),
                history,
                answer.map(one -> answer(one, state, titles)).orElse(null));
    }

    private Answer answer(SoftScores answer, Optional<UserState> state, Map<ItemId, String> titles) {
        Set<ItemId> taken = new HashSet<>(state.map(UserState::history).orElse(List.of()));
        return new Answer(
                answer.model(),
                answer.promptVersion(),
                answer.permutations(),
                answer.scoredAt(),
                hours(answer.scoredAt()),
                state.map(one -> Math.max(0, one.count() - answer.historyVersion()))
                        .orElse(null),
                answer.hidden().map(ItemId::value).orElse(null),
                answer.scores().stream()
                        .map(score -> new Scored(
                                score.item().value(),
                                titles.get(score.item()),
                                score.score(),
                                score.raw().isPresent() ? score.raw().getAsDouble() : null))
                        .toList(),
                UserPairs.of(
                        answer.scores().stream()
                                .filter(score -> !taken.contains(score.item()))
                                .toList(),
                        leastGap));
    }

    private List<Stored> shown(Map<ItemId, StoredScore> stored, Map<ItemId, String> titles) {
        return stored.entrySet().stream()
                .map(one -> new Stored(
                        one.getKey().value(),
                        titles.get(one.getKey()),
                        one.getValue().score(),
                        one.getValue().requestId(),
                        one.getValue().model(),
                        one.getValue().scoredAt(),
                        hours(one.getValue().scoredAt())))
                .sorted(Comparator.comparingDouble((Stored one) -> -one.score()).thenComparing(Stored::item))
                .toList();
    }

    private double hours(Instant since) {
        return Math.max(0, Duration.between(since, now).toMillis()) / HOUR_MILLIS;
    }
}
