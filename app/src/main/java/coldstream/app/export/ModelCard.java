package coldstream.app.export;

import coldstream.app.gate.GateText;
import coldstream.domain.RegistryEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.model.ServedItem;
import coldstream.model.ServedModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a snapshot is, in Markdown: data, metrics by stratum, guidance, settings, lineage, limits. */
final class ModelCard {

    /** Below so many events an interval says little. */
    private static final long FEW = 1_000;

    private final StringBuilder text = new StringBuilder();
    private final Exported exported;
    private final SnapshotManifest manifest;
    private final ServedModel model;

    private ModelCard(Exported exported) {
        this.exported = exported;
        manifest = exported.manifest();
        model = exported.model();
    }

    static String of(Exported exported) {
        return new ModelCard(exported).write();
    }

    private String write() {
        line("# Model card: %s", manifest.model());
        line("");
        line(
                "A click-through model that learns from a stream: backbone `%s`, %d factors a row, %,d dense parameters. It"
                        + " answers with a logit for a user and an item; a higher one ranks higher.",
                model.shape().backbone(),
                model.shape().dimension(),
                model.dense().values().stream()
                        .mapToLong(tensor -> tensor.values().length)
                        .sum());
        lineage();
        data();
        metrics("Quality since the warm-up", manifest.metrics());
        metrics("Quality since the parent", manifest.window());
        guidance();
        settings();
        limits();
        return text.toString();
    }

    private void lineage() {
        heading("Lineage");
        row("", "");
        row("---", "---");
        row("snapshot", code(exported.id()));
        row("parent", manifest.parent().map(ModelCard::code).orElse("none: the first"));
        row("made", manifest.createdAt() + ", after " + number(manifest.step()) + " steps");
        row("code", code(manifest.codeCommit()));
        row("settings", code(manifest.configHash()));
        row("seed", Long.toString(manifest.seed()));
        exported.registered().ifPresent(registered -> {
            row("version", registered.version());
            row("aliases", registered.aliases().isEmpty() ? "none" : String.join(", ", registered.aliases()));
        });
        exported.registered().ifPresent(registered -> decisions(registered.events()));
    }

    private void decisions(List<RegistryEvent> events) {
        heading("Decisions of the registry");
        if (events.isEmpty()) {
            line("None.");
            return;
        }
        row("when", "what", "who", "why");
        row("---", "---", "---", "---");
        events.forEach(event -> row(
                event.at().toString(),
                event.kind().toString().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + event.alias().map(alias -> " " + alias).orElse(""),
                event.who(),
                event.why()));
    }

    private void data() {
        heading("Data");
        row("", "");
        row("---", "---");
        row("samples trained", number(manifest.samples()));
        row(
                "ingested, since the parent",
                time(manifest.oldestIngestTime()) + " to " + time(manifest.newestIngestTime()));
        row("newest score of the language model", time(manifest.llmWatermark()));
        row(
                "users with a row",
                number(model.userIds().stream().filter(id -> !id.isEmpty()).count()));
        row(
                "items",
                number(model.items().size()) + ", of which "
                        + number(model.items().stream()
                                .filter(ServedItem::active)
                                .count()) + " may be recommended");
        row("categories", number(model.categoryIds().size()));
        line("");
        line("The next offset to read, by topic and partition: what was learnt is everything before.");
        line("");
        row("topic-partition", "offset");
        row("---", "---:");
        new TreeMap<>(manifest.offsets()).forEach((partition, offset) -> row(partition, number(offset)));
    }

    private void metrics(String title, Map<String, StratumMetrics> metrics) {
        heading(title);
        line("Prequential: every sample was predicted before it was learnt from. Intervals hold 95 %%.");
        line("");
        row("stratum", "AUC", "interval", "log loss", "events");
        row("---", "---:", "---", "---:", "---:");
        List<String> names = new ArrayList<>(metrics.keySet());
        names.sort(
                Comparator.comparing((String name) -> !name.equals("overall")).thenComparing(name -> name));
        for (String name : names) {
            StratumMetrics of = metrics.get(name);
            if (of != null) {
                row(
                        name,
                        decimal(of.auc()),
                        decimal(of.aucLow()) + " to " + decimal(of.aucHigh()),
                        decimal(of.logloss()),
                        number(of.n()));
            }
        }
    }

    private void guidance() {
        heading("Guidance by the language model");
        line("```");
        text.append(GateText.of(exported.gate()));
        line("```");
        line("");
        line(
                "Trust of the residual: what a signal of 0.5 adds to the logit, by positives of the user's history (at"
                        + " least) and kind of item. Encoder: %s.",
                model.shape().encoder().isEmpty() ? "none" : model.shape().encoder());
        line("");
        row("history", "head", "tail", "new");
        row("---", "---:", "---:", "---:");
        Map<String, Double> trust = model.trust().byName();
        for (int least : new int[] {1, 2, 3, 4, 10}) {
            row(
                    Integer.toString(least),
                    decimal(trust.getOrDefault("history_" + least + "_head", 0.0)),
                    decimal(trust.getOrDefault("history_" + least + "_tail", 0.0)),
                    decimal(trust.getOrDefault("history_" + least + "_new", 0.0)));
        }
    }

    private void settings() {
        heading("Settings that change what is learnt");
        row("setting", "value");
        row("---", "---");
        new TreeMap<>(manifest.settings())
                .forEach((name, value) -> row(code(name), value.isEmpty() ? "" : code(value)));
    }

    private void limits() {
        heading("Limits");
        line(
                "- It ranks items for a user. Logits are not calibrated probabilities of a click in another setting: negatives"
                        + " are drawn from the catalogue, not shown and passed over.");
        line(
                "- It knows what happened up to the offsets above. Counts, histories' items and texts are those of that moment.");
        line(
                "- A user or item it does not know is scored by what every unknown one shares; serving draws a small random"
                        + " start for it, an export uses zeros, which is that draw's mean.");
        if (manifest.metrics().isEmpty()) {
            line("- Nothing was measured yet: it is younger than the warm-up.");
        }
        new TreeMap<>(manifest.metrics()).forEach((name, of) -> {
            if (of.n() < FEW) {
                line("- Stratum %s rests on %,d events: too few to say much.", name, of.n());
            }
        });
    }

    private void heading(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    private void row(String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
        }
        text.append('\n');
    }

    @com.google.errorprone.annotations.FormatMethod
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String code(String value) {
        return "`" + value.replace('`', '\'') + "`";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("-");
    }
}
