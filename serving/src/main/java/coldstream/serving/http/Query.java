package coldstream.serving.http;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.service.RequestBody;
import coldstream.serving.Wish;
import coldstream.wire.Json;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the parameters of a URL say; what makes no sense ends the request with 400 and the rule. */
final class Query {

    private static final int DEFAULT_K = 10;

    /** Bytes of a body: some ten thousand ids. */
    private static final int MAX_BODY = 1 << 20;

    private Query() {}

    /** What was posted. */
    static byte[] body(Context context) {
        return RequestBody.read(context, MAX_BODY);
    }

    /** The user of {@code user=…}. */
    static UserId user(Context context) {
        return id(context, "user", UserId::new);
    }

    /** The item of {@code item=…}. */
    static ItemId item(Context context) {
        return id(context, "item", ItemId::new);
    }

    private static <T> T id(Context context, String name, Function<String, T> reader) {
        String text = context.queryParam(name);
        if (text == null) {
            throw badRequest(name + " must be given, such as ?" + name + "=42");
        }
        return checked(() -> reader.apply(text));
    }

    /** {@code k}, {@code category}, {@code exclude} (both any number of times), {@code only_new}, {@code exclude_seen}. */
    static Wish wish(Context context, int maxItems) {
        return new Wish(
                k(context, maxItems),
                new HashSet<>(context.queryParams("category")),
                items(context.queryParams("exclude")),
                flag(context, "only_new", false),
                flag(context, "exclude_seen", true));
    }

    static int k(Context context, int maxItems) {
        String k = context.queryParam("k");
        try {
            return k == null ? Math.min(DEFAULT_K, maxItems) : k(Integer.parseInt(k), maxItems);
        } catch (NumberFormatException e) {
            throw badRequest("k must be a whole number from 1 to " + maxItems + ", got " + k);
        }
    }

    static int k(int k, int maxItems) {
        if (k < 1 || k > maxItems) {
            throw badRequest("k must be a whole number from 1 to " + maxItems + ", got " + k);
        }
        return k;
    }

    static Set<ItemId> items(List<String> ids) {
        return checked(() -> new HashSet<>(ids.stream().map(ItemId::new).toList()));
    }

    private static boolean flag(Context context, String name, boolean byDefault) {
        String text = context.queryParam(name);
        if (text == null) {
            return byDefault;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw badRequest(name + " must be true or false, got " + text);
        }
        return text.equals("true");
    }

    /** What is read, or the rule it breaks. */
    static <T> T checked(Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw badRequest(String.valueOf(e.getMessage()));
        }
    }

    static void answer(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, "Bad request", detail);
    }

    static ProblemException noChampion() {
        return new ProblemException(new Problem(
                503,
                "No champion",
                "a version must be champion in the registry before there is an answer",
                Map.of("Retry-After", "1")));
    }
}
