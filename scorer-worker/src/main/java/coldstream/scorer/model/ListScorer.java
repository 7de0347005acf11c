package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.scorer.model.ChatQuestion.Form;
import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import java.util.List;

/**
 * Scores by asking a chat model for a JSON list of all candidates' scores.
 *
 * <p>An answer that {@link ScoreReply} does not take is asked for once more, with another seed, and then refused. A call that
 * failed is not made again here: whoever knows the budget decides when.
 */
final class ListScorer implements LanguageModelScorer {

    private static final int CALLS = 2;
    private static final int TOKENS_PER_CANDIDATE = 32;
    private static final int TOKENS_AROUND = 256;
    /** Items whose facets are kept. */
    private static final int ITEMS = 10_000;

    private final Chat chat;
    private final ModelMetrics metrics;
    private final Prompt prompt = Prompt.scores();
    private final FacetsCache facets = new FacetsCache(ITEMS);

    ListScorer(Chat chat, ModelMetrics metrics) {
        this.chat = chat;
        this.metrics = metrics;
    }

    @Override
    public String model() {
        return chat.model();
    }

    @Override
    public String promptVersion() {
        return prompt.version();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        List<Facets> chosen = facets.of(history);
        List<Facets> asked = facets.of(candidates);
        metrics.shown(chosen);
        metrics.shown(asked);
        List<String> titles = asked.stream().map(Facets::title).toList();
        String text = prompt.aboutAll(chosen, asked);
        int tokens = TOKENS_AROUND + candidates.size() * TOKENS_PER_CANDIDATE;
        Usage usage = Usage.NONE;
        String why = "";
        for (int attempt = 1; attempt <= CALLS; attempt++) {
            Exchange exchange = chat.ask(new ChatQuestion(prompt.instruction(), text, Form.SCORES, attempt, tokens));
            usage = usage.plus(exchange.usage());
            if (exchange instanceof Failed failed && failed.fault() != Fault.UNREADABLE) {
                return failed.ends(usage);
            }
            if (exchange instanceof Answered answered) {
                ScoreReply reply = ScoreReply.read(answered.text(), titles);
                metrics.read(reply);
                if (reply.answered()) {
                    return new Scored(reply.scores(), new Source(chat.model(), prompt.version(), 1), usage);
                }
                why = reply.why();
            } else {
                why = ((Failed) exchange).why();
            }
        }
        return new Refused(Fault.UNREADABLE, "no readable answer in " + CALLS + " calls: " + why, usage);
    }
}
