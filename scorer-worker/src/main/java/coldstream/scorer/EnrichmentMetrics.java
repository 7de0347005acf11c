package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.enrich.EnrichmentReply;
import coldstream.scorer.enrich.EnrichmentRule.Due;
import coldstream.scorer.metrics.TaggedCounters;
import coldstream.scorer.metrics.TokenCounters;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What enrichment counts. Items looked at = not_thin + blank + known + made + repaired + refused + try_again + no_budget; one
 * of the last two kinds is looked at again, with its neighbours. Answers that are refused, by why:
 * {@code coldstream_item_enrichment_answers_total}.
 */
final class EnrichmentMetrics {

    /** What came of an item. */
    enum Result {
        NOT_THIN,
        BLANK,
        KNOWN,
        MADE,
        REPAIRED,
        REFUSED,
        TRY_AGAIN,
        NO_BUDGET
    }

    private final TaggedCounters<Result> results;
    private final TaggedCounters<EnrichmentReply.Reading> readings;
    private final TokenCounters tokens;

    EnrichmentMetrics(MeterRegistry meters) {
        results = TaggedCounters.of(
                meters,
                "coldstream.item.enrichments",
                "Items looked at for enrichment, by what came of it",
                "outcome",
                Result.class);
        readings = TaggedCounters.of(
                meters,
                "coldstream.item.enrichment.answers",
                "Answers about items, by how they were read",
                "result",
                EnrichmentReply.Reading.class);
        tokens = new TokenCounters(
                meters, "coldstream.item.enrichment.tokens", "Tokens the language model read and wrote for enrichment");
    }

    void count(Result result) {
        results.increment(result);
    }

    /** An item that is not asked about. */
    void passedOver(Due why) {
        count(
                switch (why) {
                    case NOT_THIN -> Result.NOT_THIN;
                    case BLANK -> Result.BLANK;
                    case KNOWN -> Result.KNOWN;
                    case YES -> throw new IllegalArgumentException("an item that is due must be asked about");
                });
    }

    void read(EnrichmentReply reply) {
        readings.increment(reply.reading());
        count(
                switch (reply.reading()) {
                    case READ -> Result.MADE;
                    case REPAIRED -> Result.REPAIRED;
                    case NOT_JSON, NOTHING, UNGROUNDED -> Result.REFUSED;
                });
    }

    void spent(Usage usage) {
        tokens.spent(usage);
    }
}
