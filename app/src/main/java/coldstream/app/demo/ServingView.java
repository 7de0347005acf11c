package coldstream.app.demo;

import coldstream.domain.UserId;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What serving recommends to a user.
 *
 * @param version of the model that answered
 * @param items best first
 */
record ServingView(String version, List<Recommended> items) {

    /** An item as people see it. */
    record Recommended(String item, String title, double score) {}

    /** The {@code k} best for {@code user}; empty while serving has no model. */
    static Optional<ServingView> ask(HttpJson http, int port, UserId user, int k) throws InterruptedException {
        String name = URLEncoder.encode(user.value(), StandardCharsets.UTF_8);
        return http.get(DemoPorts.http(port) + "/v1/recommendations?user=" + name + "&k=" + k)
                .map(ServingView::of);
    }

    private static ServingView of(JsonNode answer) {
        List<Recommended> items = new ArrayList<>();
        answer.path("items")
                .forEach(item -> items.add(new Recommended(
                        item.path("item_id").asText(),
                        item.path("title").asText(),
                        item.path("score").asDouble())));
        return new ServingView(answer.path("model").path("version").asText(), List.copyOf(items));
    }
}
