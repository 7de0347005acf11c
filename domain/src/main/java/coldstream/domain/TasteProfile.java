package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;

/**
 * What a user is likely to want, as a place among the items' texts: one vector that says something of the whole catalogue.
 *
 * @param text what a language model wrote of the user; empty where the vector was made of item vectors alone
 * @param vector of the text, or the recency-weighted mean of the history's item vectors; comparable with item vectors of
 *     the same encoder
 * @param encoder which text encoder the vector belongs to
 * @param model which language model wrote the text
 * @param promptVersion how it was asked
 * @param historyVersion positives of the user when the history was read; a profile ages with it
 * @param historyMaxTime event time of the newest item it was made from: no profile may serve an event that is not later
 * @param writtenAt when it was written
 */
public record TasteProfile(
        UserId user,
        String text,
        TextVector vector,
        String encoder,
        String model,
        String promptVersion,
        long historyVersion,
        Instant historyMaxTime,
        Instant writtenAt) {

    /** Most characters of a text. */
    public static final int MAX_TEXT = 2_000;

    public TasteProfile {
        check(
                text.length() <= MAX_TEXT,
                "a taste profile must have at most %d characters, got %d",
                MAX_TEXT,
                text.length());
        check(historyVersion >= 0, "history version must not be negative, got %d", historyVersion);
    }

    /** Whether it is the one to keep of two: made of more history, or of the same later. */
    public boolean replaces(TasteProfile other) {
        return historyVersion != other.historyVersion
                ? historyVersion > other.historyVersion
                : !writtenAt.isBefore(other.writtenAt);
    }
}
