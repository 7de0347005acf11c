package coldstream.app.evaluate.worker;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something to be done by a worker.
 *
 * @param name for people
 * @param kind of {@link Work}
 * @param input of {@link Work#run}
 * @param identity names everything that decides the result: a kept result of the same identity is this job's
 */
public record Job(String name, String kind, JsonNode input, String identity) {}
