package coldstream.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.monitor.Signal.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What "false alarms a day" means: streams in which nothing changes, and a count of the alarms that open. */
class FalseAlarmsTest {

    private static final int SIGNALS = 24;
    private static final int VALUES = 1_000;
    private static final int LOOKS_A_DAY = 1_000;

    private static WatchedSignal plan(String kind, Signal signal) {
        return switch (kind) {
            case "outcome" -> WatchedSignal.outcome(signal, Harm.EITHER);
            case "share" -> WatchedSignal.share(signal, Harm.EITHER, 0);
            default -> WatchedSignal.distribution(signal);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"distribution, 1200", "outcome, 1200", "share, 1200"})
    void asManyOpenAsTheSettingAllowsAtMost(String kind, int looks) {
        double allowed = 10;
        List<WatchedSignal> plans = new ArrayList<>();
        for (int k = 0; k < SIGNALS; k++) {
            Signal signal = new Signal(Layer.OUTCOME, "signal_" + k);
            plans.add(plan(kind, signal).material(0)); // every change matters, so that chance alone decides
        }
        Watch watch = new Watch(new WatchSettings(allowed, Duration.ZERO), plans);
        List<Streams.Stream> streams = Streams.unchanging(SIGNALS, 1, 0, 0.5, 0.9);
        List<Channel> channels =
                plans.stream().map(plan -> watch.channel(plan.signal())).toList();
        long opened = 0;
        for (int look = 0; look < looks; look++) {
            for (int k = 0; k < SIGNALS; k++) {
                for (int value = 0; value < VALUES; value++) {
                    double next = streams.get(k).next();
                    channels.get(k).add(kind.equals("share") ? 1 / (1 + Math.exp(-next)) : next);
                }
            }
            List<Alarm> changed =
                    watch.look(Streams.moment(look, Duration.ofDays(1).dividedBy(LOOKS_A_DAY)));
            opened += changed.stream().filter(Alarm::open).count();
        }
        double expected = allowed * looks / LOOKS_A_DAY;
        assertThat((double) opened)
                .isLessThan(expected + 2 * Math.sqrt(expected))
                .isPositive();
    }
}
