package coldstream.scorer;

import coldstream.domain.LanguageModelWriter;
import coldstream.domain.ProfileStore;
import coldstream.domain.TextEncoder;
import coldstream.scorer.budget.Governor;
import coldstream.scorer.candidates.LikelyUsers;
import coldstream.scorer.enrich.Enricher;
import coldstream.scorer.guard.EndpointGuard;
import coldstream.scorer.model.VectorTable;
import coldstream.scorer.profile.MeanProfiles;
import coldstream.scorer.profile.ProfileMaker;
import coldstream.scorer.profile.ProfileRule;
import coldstream.scorer.profile.WrittenProfiles;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;

/** The loops beside those that answer requests, each where it is asked for: taste profiles, likely users, enrichment. */
final class SideLoops {

    /** Items of a poll: few enough for a call each before the group takes a member for dead. */
    private static final int ITEMS = 10;

    private static final InstantSource CLOCK = InstantSource.system();

    private SideLoops() {}

    /**
     * What the loops have in common.
     *
     * @param writer the chat model, where there is one
     * @param guard of its endpoint
     * @param atOnce calls
     * @param limit of one question
     * @param mayBegin whether the catalogue is read
     */
    record Parts(
            KafkaClients clients,
            Producer<byte[], byte[]> producer,
            Topics topics,
            TextEncoder encoder,
            Catalogue catalogue,
            VectorTable vectors,
            ItemVectors out,
            Optional<LanguageModelWriter> writer,
            EndpointGuard guard,
            Governor governor,
            int atOnce,
            Duration limit,
            ScorerMetrics metrics,
            MeterRegistry meters,
            BooleanSupplier mayBegin) {}

    static List<Loop> of(Parts parts, ProfileSettings profiles, ProfileStore store, EnrichmentSettings enrichment) {
        List<Loop> loops = new ArrayList<>();
        if (profiles.made()) {
            loops.add(profiles(parts, profiles, store));
        }
        if (profiles.tailUsers() > 0) {
            loops.add(tailUsers(parts, profiles.tailUsers()));
        }
        if (enrichment.made() && parts.writer.isPresent()) {
            loops.add(enrichment(parts, enrichment, parts.writer.get()));
        }
        return loops;
    }

    private static Loop profiles(Parts parts, ProfileSettings settings, ProfileStore store) {
        ProfileMaker maker = parts.writer
                .<ProfileMaker>map(model -> new WrittenProfiles(model, parts.encoder, CLOCK))
                .orElseGet(() -> new MeanProfiles(parts.encoder.name(), parts.vectors::original, CLOCK));
        boolean written = parts.writer.isPresent();
        return new ProfileLoop(
                () -> parts.clients.follower("profiles"),
                parts.producer,
                parts.topics,
                new HistoryReader(parts.catalogue, parts.encoder, !written),
                new ProfileRule(settings.refresh(), settings.age(), store, CLOCK),
                maker,
                threads("taste-profile", written ? parts.atOnce : 1),
                parts.limit,
                () -> !written || parts.governor.permit(1).questions() == 1,
                usage -> {
                    parts.metrics.paid(usage);
                    if (written) {
                        parts.governor.tookOtherwise(usage);
                    }
                },
                store,
                new ProfileMetrics(parts.meters),
                parts.mayBegin);
    }

    private static Loop tailUsers(Parts parts, int users) {
        return new TailUserLoop(
                () -> parts.clients.follower("tail-users"),
                parts.producer,
                parts.topics,
                new LikelyUsers(users, parts.vectors::cosine),
                CLOCK,
                Counter.builder("coldstream.tail.user.requests")
                        .description("Score requests for users who could like a tail item")
                        .register(parts.meters));
    }

    private static Loop enrichment(Parts parts, EnrichmentSettings settings, LanguageModelWriter writer) {
        EnrichmentMetrics metrics = new EnrichmentMetrics(parts.meters);
        EnrichmentAsking asking = new EnrichmentAsking(
                new Enricher(writer, CLOCK),
                parts.guard,
                parts.governor,
                threads("item-enrichment-call", parts.atOnce),
                parts.limit,
                parts.metrics,
                metrics);
        String group = parts.topics.namespace() + "-item-enrichment-" + Enricher.PROMPT + "-" + plain(writer.model());
        return new EnrichmentLoop(
                () -> parts.clients.member(group, ITEMS),
                parts.topics,
                parts.catalogue,
                settings.rule(),
                asking,
                parts.encoder,
                parts.producer,
                parts.out,
                metrics,
                parts.mayBegin);
    }

    /** A model's name as part of a group's: another model begins at the first item, and passes over those it need not ask about. */
    private static String plain(String model) {
        return model.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    }

    private static ExecutorService threads(String name, int count) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
