package coldstream.scorer;

import coldstream.scorer.candidates.CandidateRules;
import coldstream.scorer.candidates.CandidateRules.Diversity;
import coldstream.scorer.candidates.Shares;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.util.List;

/** What decides which items are asked about. */
final class CandidateSettings {

    private static final CandidateRules RULES = CandidateRules.DEFAULTS;

    static final Setting<Integer> CANDIDATES =
            Setting.ofInt("scorer.candidates", RULES.count(), "items", "candidates a request");

    static final Setting<Integer> POPULAR_POOL = Setting.ofInt(
            "scorer.popular-pool",
            RULES.popularPool(),
            "items",
            "most popular items that popular candidates are drawn from");

    static final Setting<Double> POPULAR_SHARE = Setting.ofDouble(
            "scorer.popular-share", RULES.shares().popular(), "parts", "parts of the candidates that are popular");

    static final Setting<Double> DIVERSE_SHARE = Setting.ofDouble(
            "scorer.diverse-share", RULES.shares().diverse(), "parts", "parts that are unlike each other");

    static final Setting<Double> MATCHED_SHARE = Setting.ofDouble(
            "scorer.matched-share", RULES.shares().matched(), "parts", "parts that are pairs about equally popular");

    static final Setting<Double> TAIL_SHARE =
            Setting.ofDouble("scorer.tail-share", RULES.shares().tail(), "parts", "parts that hardly anybody took");

    static final Setting<Diversity> DIVERSITY =
            Setting.ofEnum("scorer.diversity", RULES.diversity(), "what makes candidates unlike each other");

    static final Setting<Double> AUDIT_SHARE = Setting.ofDouble(
            "scorer.audit-share",
            RULES.auditShare(),
            "share",
            "share of the requests that hide the user's last item, to measure the language model");

    static final Setting<Double> CUT_SHARE = Setting.ofDouble(
            "scorer.cut-share",
            RULES.cutShare(),
            "share",
            "share of warm users' audits whose history is cut to a few items, to measure it for cold users");

    static final List<Setting<?>> ALL = List.of(
            CANDIDATES,
            POPULAR_POOL,
            POPULAR_SHARE,
            DIVERSE_SHARE,
            MATCHED_SHARE,
            TAIL_SHARE,
            DIVERSITY,
            AUDIT_SHARE,
            CUT_SHARE);

    private CandidateSettings() {}

    /** @param needsHistory whether the scorer can say nothing without a history */
    static CandidateRules rules(Settings settings, boolean needsHistory) {
        return new CandidateRules(
                settings.get(CANDIDATES),
                settings.get(POPULAR_POOL),
                new Shares(
                        settings.get(POPULAR_SHARE),
                        settings.get(DIVERSE_SHARE),
                        settings.get(MATCHED_SHARE),
                        settings.get(TAIL_SHARE)),
                settings.get(DIVERSITY),
                settings.get(AUDIT_SHARE),
                settings.get(CUT_SHARE),
                needsHistory ? 1 : 0);
    }
}
