package coldstream.trainer.learning;

import coldstream.domain.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where labels come with the data, nothing is drawn to compare a positive with. Instead, what a user liked is compared with
 * what the same user disliked: the newest of either, each as it was predicted before it was learnt. Kept for the users heard
 * of last.
 */
final class Opinions {

    /** Users whose opinions are kept. */
    static final int USERS = 4096;

    /**
     * An item as it was predicted.
     *
     * @param logit without the residual
     */
    record Opinion(double logit, Residual.Input input) {}

    /** The newest opinions of a user. */
    record OfUser(UserId user, Optional<Opinion> liked, Optional<Opinion> disliked) {}

    private final Map<UserId, OfUser> users = new LinkedHashMap<>();

    /** Takes an opinion in and compares it with the user's newest contrary one, if there is any. */
    Optional<Residual.Comparison> add(UserId user, boolean likes, Opinion opinion) {
        OfUser known = users.remove(user);
        Optional<Opinion> liked = known == null ? Optional.empty() : known.liked;
        Optional<Opinion> disliked = known == null ? Optional.empty() : known.disliked;
        put(likes ? new OfUser(user, Optional.of(opinion), disliked) : new OfUser(user, liked, Optional.of(opinion)));
        return likes
                ? disliked.map(other -> comparison(opinion, other))
                : liked.map(other -> comparison(other, opinion));
    }

    private static Residual.Comparison comparison(Opinion liked, Opinion disliked) {
        return new Residual.Comparison(liked.logit - disliked.logit, liked.input, disliked.input);
    }

    /** Puts back what {@link #all} gave, in its order. */
    void put(OfUser opinions) {
        users.put(opinions.user, opinions);
        if (users.size() > USERS) {
            users.remove(users.keySet().iterator().next());
        }
    }

    /** Those heard of longest ago first. */
    List<OfUser> all() {
        return List.copyOf(users.values());
    }
}
