package coldstream.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each panel shows what the API says. The expected words are written by hand from the examples, not by the page's code. */
@Tag("integration")
@ExtendWith(BrowserExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PanelsTest {

    private final ExampleConsole console = new ExampleConsole();
    private OpenPage open;
    private Page page;

    @BeforeAll
    void openThePage(Browser browser) {
        open = OpenPage.wide(browser, console.address());
        page = open.page();
    }

    @AfterAll
    void closeThePage() {
        if (open != null) {
            open.close();
        }
        console.close();
    }

    @Test
    void theHealthLineSaysHowFreshEachPartIs() {
        assertThat(page.locator("[data-part=learning]")).containsText(Pattern.compile("Learning\\s*ok\\s*1\\.4 s"));
        assertThat(page.locator("[data-part=serving]")).containsText("answers with version 12, 4.2 s after the event");
        assertThat(page.locator("[data-part=scoring]")).containsText(Pattern.compile("Scoring\\s*late\\s*5 min"));
        assertThat(page.locator("[data-part=alarms]")).containsText(Pattern.compile("open\\s*1\\s*1 warning"));
        assertThat(page.locator("#health .chips")).containsText("accepts 812.4 events a second");
        assertThat(page.locator("#health"))
                .containsText(
                        Pattern.compile("Promotion is frozen until .*13:00:00 by trainer: drift of history_length"));
    }

    @Test
    void anOpenAlarmSaysWhatWasSeenWhereAndWhatWasDone() {
        Locator alarm = page.locator("[data-alert='5f2c9a7e10b34d68']");
        assertThat(alarm).containsText("Active users have shorter histories than when version 12 learnt");
        assertThat(alarm).containsText("Look at New users below");
        assertThat(alarm).containsText("history length of the last 5000 samples is not what version 12 learnt from");
        assertThat(alarm).containsText("Input · history length · overall");
        assertThat(alarm).containsText("psi 0.31, threshold 0.25");
        assertThat(alarm).containsText(Pattern.compile("Promotion is frozen until .*13:00:00"));
        assertThat(alarm).containsText("now 3.2, expected 6.9");
        assertThat(alarm).containsText("promotion of ctr is frozen");
        assertThat(alarm).containsText("version 13, step 4,711");
        assertThat(page.locator("#alarms details.closed")).containsText("loss of cold users is back to what it was");
    }

    @Test
    void qualityGivesEveryStratumWithItsInterval() {
        Locator overall = page.locator("[data-stratum=overall]");
        assertThat(overall).containsText("0.812");
        assertThat(overall).containsText("0.810 to 0.815");
        assertThat(overall).containsText("311,600");
        Locator cold = page.locator("[data-stratum=cold]");
        assertThat(cold).containsText("0.701");
    }

    /** The oracle reads the picture as a person does: by the labels of the axis beside the line. */
    @Test
    void theLineOfAStratumEndsAtItsNumber() {
        assertThat(page.locator("#quality .lines path")).hasCount(2);
        Object value = page.evaluate("""
                () => {
                  const rows = [...document.querySelectorAll('#quality line-chart .row')].map(row => ({
                    value: Number(row.textContent), y: Number(row.getAttribute('transform').match(/ ([\\d.]+)\\)/)[1]) }));
                  const [a, b] = [rows[0], rows.at(-1)];
                  const path = document.querySelector('#quality .lines path.series-1').getAttribute('d');
                  const y = Number(path.slice(path.lastIndexOf(',') + 1));
                  return a.value + (b.value - a.value) * (y - a.y) / (b.y - a.y);
                }""");
        Assertions.assertThat(((Number) value).doubleValue()).isCloseTo(0.8124, Assertions.within(0.001));
    }

    @Test
    void theGateSaysHowFarEachCellIsTrustedAndOnWhatEvidence() {
        Locator cell = page.locator("[data-cell=cold_tail]");
        assertThat(cell).containsText("0.42");
        assertThat(cell).containsText(Pattern.compile("Right\\s*71 %\\s*66 to 76 %"));
        assertThat(cell)
                .containsText(
                        Pattern.compile("Guidance gained\\s*\\+5\\.9 points\\s*Compared\\s*312\\s*Pairs\\s*41,200"));
        assertThat(page.locator("[data-cell=cold_head]")).containsText("never compared");
        assertThat(page.locator("#gate .facts")).containsText("4,120");
        assertThat(page.locator("#gate .gained"))
                .containsText(Pattern.compile("Guidance gained \\+2\\.2 points\\s*\\(\\+1\\.9 to \\+2\\.6\\)"));
        assertThat(page.locator("#gate .gained"))
                .containsText(Pattern.compile("78\\.1 % rightly alone and\\s*80\\.3 % with it"));
        assertThat(page.locator("#gate .heat")).containsText("0.92");
    }

    @Test
    void aSignalStandsBesideItsThreshold() {
        Locator signal = page.locator("[data-signal='input/history_length/overall/psi']");
        assertThat(signal).containsText("0.31 of 0.25");
        assertThat(signal).containsText("alarmed");
        assertThat(page.locator("[data-signal='freshness/event_rate/overall/page-hinkley']"))
                .containsText("quiet");
        assertThat(page.locator("[data-operation=events_per_second]")).containsText("812");
        assertThat(page.locator("[data-operation=event_to_servable]")).containsText("4.2 s");
    }

    @Test
    void versionsComeWithWhatTheyWereMeasuredAt() {
        Locator champion = page.locator("[data-version='12']");
        assertThat(champion).containsText("champion");
        assertThat(champion).containsText("0.809 to 0.815");
        assertThat(champion.getByRole(AriaRole.BUTTON, named("Promote version 12")))
                .isDisabled();
        assertThat(page.locator("#deployments .notice").last()).containsText("approval is asked for");
        assertThat(page.locator("[data-arm='13']")).containsText("+0.0030");
    }

    @Test
    void whoServedWhenStandsInOneLine() {
        assertThat(page.locator("#deployments .served li .served-version"))
                .hasText(new String[] {"10", "↩ 9", "12 serves"});
        assertThat(page.locator("#deployments .served li").nth(1))
                .hasAttribute("title", Pattern.compile(".*worse overall by 0\\.0310.*"));
    }

    @Test
    void whyAVersionServesIsOneClickAway() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Why version 12"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("better overall by 0.0021 [0.0004, 0.0038]");
        assertThat(dialog).containsText("overall.difference");
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    @Test
    void twoVersionsStandSideBySide() {
        page.getByLabel("Compare version 12").check();
        page.getByLabel("Compare version 13").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compare 12 with 13"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("+0.0019");
        assertThat(dialog).containsText("trainer.lambda");
        page.keyboard().press("Escape");
    }

    @Test
    void deadLettersAreCountedByReasonAndCanBeRead() {
        assertThat(page.locator("#dead-letters .reasons li").first())
                .containsText(Pattern.compile("Missing field.*17.*1 replayed", Pattern.DOTALL));
        Locator letter = page.locator("[data-letter='coldstream.interactions.v1.dlq-0-17']");
        letter.locator("summary").click();
        assertThat(letter.locator("pre")).containsText("\"user_id\": \"user-7\"");
        assertThat(letter).containsText("partition 2, offset 90,210");
    }

    @Test
    void aUserIsSeenBeforeAndAfterGuidance() {
        page.getByLabel("User id").fill("user-7");
        page.keyboard().press("Enter");
        Locator user = page.locator("#user");
        assertThat(user.locator(".past")).containsText("The third item");
        assertThat(user.locator("[data-scored='item-11']"))
                .containsText(Pattern.compile("0\\.92.*60 min old", Pattern.DOTALL));
        assertThat(user).containsText("likes quiet films");
        assertThat(user).containsText("Guidance moved 2 of 20 items compared");
        Locator first = user.locator("[data-item='item-11']");
        assertThat(first).containsText("up 1 by guidance");
        assertThat(first).containsText("89.1 %");
        first.locator("summary").click();
        assertThat(first.locator(".moves"))
                .containsText(Pattern.compile("guidance of the language model\\s*\\+1\\.300"));
        assertThat(first.locator(".moves")).containsText(Pattern.compile("after The third item\\s*\\+0\\.200"));
        assertThat(user.locator(".notice")).containsText("redis did not answer in time");
    }

    @Test
    void nothingIsDoneThatTheBorderForbids() {
        assertThat(page.locator("#user")).isVisible();
        Assertions.assertThat(open.complaints()).isEmpty();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
