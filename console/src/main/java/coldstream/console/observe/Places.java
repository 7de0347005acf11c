package coldstream.console.observe;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the services are that are asked over HTTP; of some there may be several.
 *
 * @param serving one or more
 * @param ingest one or more
 * @param scorer one or more
 */
public record Places(URI trainer, List<URI> serving, List<URI> ingest, List<URI> scorer) {

    static final String LEARNING = "learning";
    static final String SERVING = "serving";
    static final String SCORING = "scoring";
    static final String INGEST = "ingest";

    static final String STATUS = "status";
    static final String DRIFT = "drift";
    static final String METRICS = "metrics";
    static final String READY = "ready";

    public Places {
        serving = List.copyOf(serving);
        ingest = List.copyOf(ingest);
        scorer = List.copyOf(scorer);
    }

    /** The name of a question to one of a part's processes. */
    static String name(String part, int process, String what) {
        return part + "/" + process + "/" + what;
    }

    /** How many processes a part has. */
    int processes(String part) {
        return of().getOrDefault(part, List.of()).size();
    }

    /** Everything that is asked in one round, by name. */
    Map<String, URI> questions() {
        Map<String, URI> questions = new LinkedHashMap<>();
        of().forEach((part, places) -> {
            for (int process = 0; process < places.size(); process++) {
                String base = places.get(process).toString().replaceAll("/+$", "");
                questions.put(name(part, process, READY), URI.create(base + "/health/ready"));
                questions.put(name(part, process, METRICS), URI.create(base + "/metrics"));
            }
        });
        String base = trainer.toString().replaceAll("/+$", "");
        questions.put(name(LEARNING, 0, STATUS), URI.create(base + "/v1/status"));
        questions.put(name(LEARNING, 0, DRIFT), URI.create(base + "/v1/drift"));
        return questions;
    }

    private Map<String, List<URI>> of() {
        Map<String, List<URI>> all = new LinkedHashMap<>();
        all.put(LEARNING, List.of(trainer));
        all.put(SERVING, serving);
        all.put(SCORING, scorer);
        all.put(INGEST, ingest);
        return all;
    }
}
