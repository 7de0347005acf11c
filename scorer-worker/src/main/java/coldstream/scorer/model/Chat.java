package coldstream.scorer.model;

/**
 * A chat model somewhere: one question, one answer. This is where another provider goes: a class with a LangChain4j model that
 * hands each call to {@link LangChainCall}.
 */
interface Chat {

    /** Names the model; stored with every score. */
    String model();

    /** Asks once, within the provider's time limit. Never throws for what the other side does. */
    Exchange ask(ChatQuestion question);
}
