package coldstream.app.evaluate.drift;

import coldstream.evaluation.EventScores;
import coldstream.monitor.Reading;
import coldstream.monitor.Watch;
import java.time.Instant;
import java.util.List;

/** Is told what the product's watch sees, besides its alarms. */
interface Onlooker {

    /** Wants to know nothing. */
    Onlooker NOBODY = new Onlooker() {
        @Override
        public void looked(Instant time, List<Reading> readings) {}

        @Override
        public void finished(EventScores scores, Watch watch, ProductWatch.Champion champion) {}
    };

    /** Every signal was tested. */
    void looked(Instant time, List<Reading> readings);

    /** The stream is over. */
    void finished(EventScores scores, Watch watch, ProductWatch.Champion champion);
}
