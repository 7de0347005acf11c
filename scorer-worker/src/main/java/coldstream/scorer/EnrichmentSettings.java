package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.scorer.enrich.EnrichmentRule;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.util.List;

/**
 * Whether the chat model describes items whose own text says little.
 *
 * @param rule which items those are
 */
record EnrichmentSettings(boolean made, EnrichmentRule rule) {

    static final Setting<Boolean> MADE = Setting.ofBoolean(
            "scorer.enrichment",
            false,
            "have the chat model describe items with thin texts, once each, from the same budget; not with the encoder alone");

    static final Setting<Integer> BELOW =
            Setting.ofInt("scorer.enrichment-below", 40, "characters", "a text of at least so many says enough");

    static final List<Setting<?>> ALL = List.of(MADE, BELOW);

    /** @param remote whether there is a chat model */
    static EnrichmentSettings from(Settings settings, boolean remote) {
        boolean made = settings.get(MADE);
        check(!made || remote, "scorer.enrichment needs a chat model: scorer.provider openai or mixture, got encoder");
        return new EnrichmentSettings(made, new EnrichmentRule(settings.get(BELOW)));
    }
}
