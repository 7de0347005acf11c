package coldstream.serving.canary;

import coldstream.domain.UserId;
import coldstream.serving.CurrentVersion;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.LoadedVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Which version answers whom: the canary those users whose place in [0, 1) is below its share, the champion all others. A
 * place is a hash of the user and the model's name, so a user stays with a version as long as the share stays, and a growing
 * share keeps those it had.
 */
public final class Router {

    private final String model;
    private final CurrentVersion champion;
    private final CurrentVersion canary;
    private final CurrentVersion challenger;
    private final DoubleSupplier share;

    /** @param share of the users that the canary answers, in [0, 1] */
    public Router(
            String model,
            CurrentVersion champion,
            CurrentVersion canary,
            CurrentVersion challenger,
            DoubleSupplier share) {
        this.model = model;
        this.champion = champion;
        this.canary = canary;
        this.challenger = challenger;
        this.share = share;
    }

    /** The version that answers this user, if there is one. */
    public Optional<Lease> lease(UserId user) {
        double now = share.getAsDouble();
        if (now > 0 && champion.peek().isPresent() && place(user) < now) {
            return canary.lease().or(champion::lease);
        }
        return champion.lease();
    }

    /** The version that answers what is about no user. */
    public Optional<Lease> champion() {
        return champion.lease();
    }

    /** A version by its number, if it is loaded, whether or not it answers anybody. */
    public Optional<Lease> version(String version) {
        return Stream.of(champion, canary, challenger)
                .filter(one -> one.peek()
                        .filter(loaded -> loaded.version().equals(version))
                        .isPresent())
                .map(CurrentVersion::lease)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The numbers of all versions that are loaded, the champion's first. */
    public List<String> versions() {
        return Stream.of(champion, canary, challenger)
                .map(CurrentVersion::peek)
                .flatMap(Optional::stream)
                .map(LoadedVersion::version)
                .distinct()
                .toList();
    }

    /** Where a user stands, in [0, 1): the first 53 bits of SHA-256 of model, a zero and user. */
    double place(UserId user) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(model.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(user.value().getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
