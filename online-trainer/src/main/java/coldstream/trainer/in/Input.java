package coldstream.trainer.in;

import coldstream.wire.Topics;

/** What the trainer reads, in the order in which a step applies it. */
enum Input {
    ITEMS,
    VECTORS,
    SCORES,
    PROFILES,
    SAMPLES;

    String topic(Topics topics) {
        return switch (this) {
            case ITEMS -> topics.items();
            case VECTORS -> topics.itemVectors();
            case SCORES -> topics.softScores();
            case PROFILES -> topics.tasteProfiles();
            case SAMPLES -> topics.samples();
        };
    }
}
