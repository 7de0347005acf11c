package coldstream.app.demo;

import coldstream.app.Labels;
import coldstream.app.Rate;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a demo runs.
 *
 * @param limit most events to replay
 * @param report file to write the report to
 * @param keepRunning whether the parts stay up after the report, until Ctrl-C
 */
record DemoOptions(long limit, Labels labels, Rate rate, Optional<Path> report, boolean keepRunning) {}
