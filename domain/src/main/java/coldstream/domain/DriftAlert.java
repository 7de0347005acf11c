package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A signal that left what it was, and everything done about it. The same alert is published again whenever something of it
 * changes; of all with one id the newest counts.
 *
 * @param alertId see {@link #id}
 * @param model name of the model
 * @param source which process watches it: trainer or console
 * @param layer of the signal: input, prediction, outcome, guidance, freshness
 * @param signal its name within the layer, such as {@code logloss}
 * @param stratum part of the stream it is of, such as {@code all} or a cell of the gate
 * @param detector what found it, such as {@code adwin}
 * @param statistic what the detector computed, in units of {@code threshold}
 * @param threshold beyond which it speaks
 * @param value of the signal in the window
 * @param expected value of the signal in what it was compared with
 * @param window what it was found in
 * @param referenceVersion version whose sketches it was compared with; empty for a signal compared with its own past
 * @param trainedVersion newest version of the trainer in the registry; empty before the first
 * @param step last step applied; 0 where nothing learns
 * @param fromOffsets first offset of the window, by {@code topic-partition}
 * @param offsets next offset behind it, by {@code topic-partition}
 * @param severity how soon somebody should look
 * @param message one sentence for people
 * @param actions what was done, oldest first
 * @param openedAt when it was found
 * @param time when this was written
 */
public record DriftAlert(
        String alertId,
        String model,
        String source,
        State state,
        String layer,
        String signal,
        String stratum,
        String detector,
        double statistic,
        double threshold,
        double value,
        double expected,
        Window window,
        Optional<String> referenceVersion,
        Optional<String> trainedVersion,
        long step,
        SortedMap<String, Long> fromOffsets,
        SortedMap<String, Long> offsets,
        Severity severity,
        String message,
        List<Action> actions,
        Instant openedAt,
        Instant time) {

    /** Whether the signal is still away. */
    public enum State {
        OPEN,
        CLOSED
    }

    /** How soon somebody should look. */
    public enum Severity {
        WARNING,
        CRITICAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was looked at.
     *
     * @param from event time of the first value
     * @param to event time of the last one
     * @param samples values in it
     */
    public record Window(Instant from, Instant to, long samples) {}

    /**
     * One thing done, or not done, about it.
     *
     * @param name such as {@code freeze-promotion}
     * @param outcome what came of it so far
     * @param detail in words: numbers, versions, or why it was not done
     * @param at of the outcome
     * @param until when it ends by itself, where a time says so
     */
    public record Action(String name, Outcome outcome, String detail, Instant at, Optional<Instant> until) {

        /** What can come of an action. */
        public enum Outcome {
            /** Wanted, and not there yet. */
            PENDING,
            /** In effect. */
            STARTED,
            /** In effect no more, or complete. */
            ENDED,
            /** Tried in vain. */
            FAILED,
            /** Done too short a time ago to do it again. */
            COOLING,
            /** Turned off by a setting. */
            OFF;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    public DriftAlert {
        check(!alertId.isBlank(), "an alert must have an id");
        check(!window.to().isBefore(window.from()), "a window must not end before it begins, got %s", window);
        fromOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(fromOffsets));
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        actions = List.copyOf(actions);
    }

    /**
     * The id of an alert: the same place of the same stream gives the same, so that a step taken again raises none twice.
     *
     * @param place where in the stream it was found: the step, or seconds for what has no steps
     */
    public static String id(String model, String layer, String signal, String stratum, String detector, long place) {
        return String.join("-", List.of(model, layer, signal, stratum, detector, Long.toString(place)));
    }

    /** The signal it is of, over all alerts: {@code model/layer/signal/stratum}. */
    public String key() {
        return String.join("/", List.of(model, layer, signal, stratum));
    }

    public boolean open() {
        return state == State.OPEN;
    }

    /** The same, closed. */
    public DriftAlert closed(String why, Instant now) {
        return with(State.CLOSED, why, actions, now);
    }

    /** The same with one more action, in place of an earlier one of its name. */
    public DriftAlert with(Action action, Instant now) {
        List<Action> all = Stream.concat(
                        actions.stream().filter(each -> !each.name().equals(action.name())), Stream.of(action))
                .toList();
        return with(state, message, all, now);
    }

    private DriftAlert with(State newState, String newMessage, List<Action> newActions, Instant now) {
        return new DriftAlert(
                alertId,
                model,
                source,
                newState,
                layer,
                signal,
                stratum,
                detector,
                statistic,
                threshold,
                value,
                expected,
                window,
                referenceVersion,
                trainedVersion,
                step,
                fromOffsets,
                offsets,
                severity,
                newMessage,
                newActions,
                openedAt,
                now);
    }
}
