package coldstream.monitor.action;

import coldstream.domain.DriftAlert;

/** Asks the language model anew about users of the cells an alarm speaks of. */
public final class FreshScores implements ActionExecutor {

    private final Asking asking;
    private final int most;

    /** Where requests go. */
    @FunctionalInterface
    public interface Asking {

        /**
         * Asks about users of a stratum.
         *
         * @param stratum such as {@code cold_tail}, or {@code all}
         * @param most users
         * @return users asked about
         */
        int ask(String alertId, String stratum, int most) throws ActionException;
    }

    public FreshScores(Asking asking, int most) {
        this.asking = asking;
        this.most = most;
    }

    @Override
    public Done start(DriftAlert cause) throws ActionException {
        int asked = most == 0 ? 0 : asking.ask(cause.alertId(), cause.stratum(), most);
        return Done.complete("asked about %d users of %s, at most %d".formatted(asked, cause.stratum(), most));
    }
}
