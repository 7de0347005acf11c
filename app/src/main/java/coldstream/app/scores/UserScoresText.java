package coldstream.app.scores;

import coldstream.app.scores.UserScores.Answer;
import coldstream.app.scores.UserScores.Question;
import coldstream.app.scores.UserScores.Scored;
import coldstream.app.scores.UserScores.Stored;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A user's scores for people. */
final class UserScoresText {

    private static final int TITLE = 48;

    private UserScoresText() {}

    static String of(UserScores scores) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "user %s: %s, %d questions in the topics",
                scores.user(),
                scores.positives() == null ? "positives unknown" : scores.positives() + " positives",
                scores.questions().size());
        scores.questions().forEach(question -> question(text, question));
        stored(text, scores.stored());
        return text.toString();
    }

    private static void question(StringBuilder text, Question question) {
        line(text, "");
        line(
                text,
                "question %s (%s) of %s, after %d positives",
                question.requestId(),
                question.reason(),
                question.requestedAt(),
                question.historyVersion());
        question.history().forEach(item -> line(text, "  liked      %s", title(item.item(), item.title())));
        Answer answer = question.answer();
        if (answer == null) {
            line(text, "  no answer yet");
            return;
        }
        line(
                text,
                "  answered   by %s, prompt %s, %d orders, %.1f h ago%s",
                answer.model(),
                answer.promptVersion(),
                answer.permutations(),
                answer.ageHours(),
                answer.positivesSince() == null ? "" : ", " + answer.positivesSince() + " positives since");
        int label = 1;
        for (Scored score : answer.scores()) {
            boolean hidden = score.item().equals(answer.hidden());
            line(
                    text,
                    "  c%-3d %.3f %s%s",
                    label++,
                    score.score(),
                    title(score.item(), score.title()),
                    hidden ? "   <- the user's last item, hidden from the model" : "");
        }
        line(
                text,
                "  pairs      %d of %d differ by %.2f or more: the trainer draws from these",
                answer.pairs().ordered(),
                answer.pairs().possible(),
                answer.pairs().leastGap());
    }

    private static void stored(StringBuilder text, @Nullable List<Stored> stored) {
        line(text, "");
        if (stored == null) {
            line(text, "stored: redis is away");
            return;
        }
        line(text, "stored: %d scores", stored.size());
        stored.forEach(one -> line(
                text,
                "  %.3f %-" + TITLE + "s %6.1f h  %s  %s",
                one.score(),
                title(one.item(), one.title()),
                one.ageHours(),
                one.model(),
                one.requestId()));
    }

    private static String title(String item, @Nullable String title) {
        String shown = title == null ? item + " (not announced)" : title;
        return shown.length() <= TITLE ? shown : shown.substring(0, TITLE - 1) + "…";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
