package coldstream.trainer.learning;

/**
 * What the language model's signal gained in what is served: of comparisons between what a user took and what was drawn against
 * it, each predicted before it was learnt from, the share that came out right.
 *
 * @param comparisons of this run, those where the signal had something to say
 * @param without share that the backbone orders rightly alone; a tie counts half
 * @param with share that is ordered rightly with what the signal adds
 * @param error standard error of {@code with} less {@code without}, as if comparisons were independent
 */
public record GuidanceGain(long comparisons, double without, double with, double error) {}
