package coldstream.scorer.model;

import coldstream.scorer.model.Exchange.Answered;
import coldstream.scorer.model.Exchange.Failed;
import coldstream.service.Secret;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what is asked and answered, at debug only, under a name of its own ({@code coldstream.scorer.model.Payloads}).
 *
 * <p>The key, bearer tokens, mail addresses and long numbers are hidden; control characters cannot forge a line; a text is cut
 * at {@value #LONGEST} characters.
 */
final class Payloads {

    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);
    private static final int LONGEST = 8_000;
    private static final String HIDDEN = "(hidden)";
    private static final Pattern SECRETS = Pattern.compile("(?i)bearer\\s+\\S+|\\b(?:sk|key|token)-[a-z0-9_-]{8,}"
            + "|(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]+\\.[\\w.-]+|(?<![\\w.])\\+?\\d[\\d -]{7,}\\d(?![\\w.])");
    private static final Pattern BUT_LINE_ENDS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n]]");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private final Supplier<Optional<Secret>> key;

    Payloads(Supplier<Optional<Secret>> key) {
        this.key = key;
    }

    void sent(ChatQuestion question) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug().addKeyValue("text", redacted(question.text())).log("asked");
        }
    }

    void received(Exchange exchange) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        if (exchange instanceof Answered answered) {
            LOG.atDebug().addKeyValue("text", redacted(answered.text())).log("answered");
        } else {
            LOG.atDebug().addKeyValue("why", ((Failed) exchange).why()).log("not answered");
        }
    }

    void refused(int status, String text) {
        if (LOG.isDebugEnabled()) {
            LOG.atDebug()
                    .addKeyValue("status", status)
                    .addKeyValue("text", redacted(text))
                    .log("refused");
        }
    }

    /** As {@link #redacted}, with line ends, cut at another number of characters. */
    String shown(String text, int most) {
        return cut(BUT_LINE_ENDS.matcher(hidden(text)).replaceAll(" "), most);
    }

    String redacted(String text) {
        return CONTROLS.matcher(hidden(cut(text, LONGEST))).replaceAll(" ");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private String hidden(String text) {
        String secret = key.get().map(Secret::reveal).orElse("");
        String hidden = secret.isEmpty() ? text : text.replace(secret, HIDDEN);
        return SECRETS.matcher(hidden).replaceAll(HIDDEN);
    }
}
