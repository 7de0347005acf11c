package coldstream.app.scores;

import coldstream.app.scores.UserScores.Answer;
import coldstream.app.scores.UserScores.Question;
import coldstream.app.scores.UserScores.Scored;
import coldstream.app.scores.UserScores.Stored;
import coldstream.domain.ScoreTranscript;
import coldstream.domain.ScoreTranscript.Call;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A user's scores for people. */
final class UserScoresText {

    private static final int TITLE = 48;
    private static final Pattern COMMANDS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n]]");

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
        transcript(text, scores.transcript());
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
                    "  c%-3d %.3f%s %s%s",
                    label++,
                    score.score(),
                    score.raw() == null ? "" : String.format(Locale.ROOT, " (raw %.3f)", score.raw()),
                    title(score.item(), score.title()),
                    hidden ? "   <- the user's last item, hidden from the model" : "");
        }
        line(
                text,
                "  pairs      %d of %d differ by %.2f or more: the trainer draws from these",
                answer.pairs().ordered(),
                answer.pairs().possible(),
                answer.pairs().leastGap());
        answer.pairs()
                .widest()
                .forEach(pair -> line(text, "    %.2f  %s > %s", pair.gap(), pair.better(), pair.worse()));
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

    private static void transcript(StringBuilder text, @Nullable ScoreTranscript transcript) {
        line(text, "");
        if (transcript == null) {
            line(text, "no question to a chat model is kept: none was asked of late, or scorer.transcripts is 0");
            return;
        }
        line(
                text,
                "asked of %s at %s for %s: %s",
                plain(transcript.model()),
                transcript.at(),
                plain(transcript.requestId()),
                plain(transcript.outcome()));
        for (Call call : transcript.calls()) {
            block(text, "system", call.instruction());
            block(text, "user", call.question());
            block(text, "answer", call.answer());
        }
        if (transcript.more() > 0) {
            line(text, "  and %d calls more", transcript.more());
        }
    }

    private static void block(StringBuilder text, String who, String said) {
        line(text, "  %s", who);
        plain(said).lines().forEach(one -> line(text, "  | %s", one));
    }

    /** Strangers wrote it, and a terminal obeys some characters. */
    private static String plain(String said) {
        return COMMANDS.matcher(said).replaceAll(" ");
    }

    private static String title(String item, @Nullable String title) {
        String shown = title == null ? item + " (not announced)" : title;
        return shown.length() <= TITLE ? shown : shown.substring(0, TITLE - 1) + "…";
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
