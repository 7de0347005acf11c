package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final Exposition metrics = Exposition.parse("""
            # HELP coldstream_events_total Interactions by what was decided about them
            # TYPE coldstream_events_total counter
            coldstream_events_total{result="accepted"} 120.0
            coldstream_events_total{result="re\\"jec}ted, so"} 3.5e1
            coldstream_llm_cost_total 0.25
            coldstream_consumer_lag{partition="a-0"} NaN
            coldstream_consumer_lag{partition="a-1"} 7 1700000000000
            coldstream_train_step_seconds_bucket{le="0.1"} 9
            jvm_memory_used_bytes{area="heap"} 1
            coldstream_broken{a="b
            coldstream_half
            """);

    @Test
    void sumsOverLabelsAndPicksOneOfThem() {
        assertThat(metrics.sum("coldstream_events_total")).hasValue(155);
        assertThat(metrics.sum("coldstream_events_total", "result", "accepted")).hasValue(120);
        assertThat(metrics.sum("coldstream_events_total", "result", "re\"jec}ted, so"))
                .hasValue(35);
        assertThat(metrics.sum("coldstream_llm_cost_total")).hasValue(0.25);
    }

    @Test
    void whatIsNoNumberCountsForNothingAndTimeStampsAreLeftAside() {
        assertThat(metrics.sum("coldstream_consumer_lag")).hasValue(7);
        assertThat(metrics.sum("coldstream_consumer_lag", "partition", "a-0")).isEmpty();
    }

    @Test
    void whatIsNotKeptOrNotThereIsEmptyAndNotZero() {
        assertThat(metrics.sum("coldstream_train_step_seconds_bucket")).isEmpty();
        assertThat(metrics.sum("jvm_memory_used_bytes")).isEmpty();
        assertThat(metrics.sum("coldstream_broken")).isEmpty();
        assertThat(metrics.sum("coldstream_events_total", "result", "none")).isEmpty();
    }
}
