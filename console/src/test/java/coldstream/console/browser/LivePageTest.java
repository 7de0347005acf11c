package coldstream.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What comes while the page is open, and what a person changes there. */
@Tag("integration")
@ExtendWith(BrowserExtension.class)
class LivePageTest {

    private final ExampleConsole console = new ExampleConsole();
    private OpenPage open;
    private Page page;

    @BeforeEach
    void openThePage(Browser browser) {
        open = OpenPage.wide(browser, console.address());
        page = open.page();
        assertThat(page.locator("#connection")).containsText("Live");
        assertThat(page.locator("[data-version='12']")).isVisible();
    }

    @AfterEach
    void closeThePage() {
        Assertions.assertThat(open.complaints()).isEmpty();
        open.close();
        console.close();
    }

    @Test
    void anAlarmAppearsAndGoesAsItHappens() {
        ObjectNode alarm = ExampleConsole.example("alarms").path("open").path(0).deepCopy();
        alarm.put("alert_id", "new").put("headline", "fewer clicks than before").put("severity", "critical");
        console.send("alarm", alarm);
        Locator shown = page.locator("#alarms > .alarms [data-alert=new]");
        assertThat(shown).containsText("fewer clicks than before");
        assertThat(page.locator("#said")).hasText("Alarm: fewer clicks than before");
        assertThat(page.locator("[data-part=alarms]")).containsText("1 critical, 1 warning");
        console.send("alarm", alarm.put("state", "CLOSED"));
        assertThat(shown).hasCount(0);
        assertThat(page.locator("[data-part=alarms] a")).hasText("1 warning");
        assertThat(page.locator("#alarms details.closed [data-alert=new]")).hasCount(1);
    }

    @Test
    void newPointsAreAppendedToWhatIsKnown() {
        assertThat(page.locator("[data-stratum=overall]")).containsText("0.812");
        console.send("quality", ExampleConsole.parsed("""
                {"strata": {"overall": [{"time": "2026-11-20T12:00:00Z", "auc": 0.9, "low": 0.89, "high": 0.91, "n": 320000}]},
                 "versions": [{"time": "2026-11-20T11:59:00Z", "version": "13", "champion": true}]}"""));
        assertThat(page.locator("[data-stratum=overall]")).containsText("0.900");
        assertThat(page.locator("[data-stratum=cold]")).containsText("0.701");
        assertThat(page.locator("#quality .marks .strong text")).hasText("13 champion");
        page.locator("#quality details.as-table summary").click();
        assertThat(page.locator("#quality details.as-table tbody tr")).hasCount(3);
    }

    @Test
    void aLostConnectionIsSaidAndWhatWasMissedIsAskedForAgain() {
        console.refuse("/api/stream", 503, "later");
        console.cut();
        assertThat(page.locator("#connection")).containsText("Not live");
        Locator now = page.getByRole(AriaRole.BUTTON, named("Connect now"));
        for (int refused = 0; refused < 5; refused++) { // after which the page waits long before it tries by itself
            now.click();
            assertThat(page.locator("body")).hasAttribute("data-connection", "waiting");
        }
        console.change("/api/health", health -> health.put("champion", "99"));
        console.allow("/api/stream");
        now.click();
        assertThat(page.locator("#connection")).containsText("Live");
        console.change("/api/health", health -> {
            health.remove("freeze");
            return health;
        });
        console.cut();
        assertThat(page.locator("#health")).containsText("Version 99 is champion");
    }

    @Test
    void aVersionIsPromotedByClickTokenAndWordsTypedByHand() {
        page.getByRole(AriaRole.BUTTON, named("Promote version 13")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator promote = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Promote 13"));
        assertThat(promote).isDisabled();
        dialog.getByLabel("Why").fill("it is better");
        dialog.getByLabel("Share of users").fill("10");
        dialog.getByLabel("Token").fill("secret");
        dialog.getByLabel("Type promote ctr 13 to confirm").fill("promote ctr 12");
        assertThat(promote).isDisabled();
        dialog.getByLabel("Type promote ctr 13 to confirm").fill("promote ctr 13");
        console.change("/api/deployments", LivePageTest::thirteenServes);
        promote.click();
        assertThat(dialog).hasCount(0);
        assertThat(page.locator("#said")).hasText("Version 13 is champion.");
        assertThat(page.locator("[data-version='13'] .badge.good")).hasText("champion");
        ExampleConsole.Asked asked = console.asked().get(0);
        Assertions.assertThat(asked.path()).isEqualTo("/api/deployments/13/promote");
        Assertions.assertThat(asked.authorization()).isEqualTo("Bearer secret");
        Assertions.assertThat(asked.body())
                .isEqualTo(ExampleConsole.parsed(
                        "{\"confirm\": \"promote ctr 13\", \"why\": \"it is better\", \"canary_share\": 0.1}"));
    }

    @Test
    void aVersionThatWaitsIsApprovedByClickTokenAndWordsTypedByHand() {
        page.getByRole(AriaRole.BUTTON, named("Approve 13")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator approve = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve 13"));
        assertThat(dialog).containsText("approval is asked for");
        dialog.getByLabel("Token").fill("secret");
        dialog.getByLabel("Type approve ctr 13 to confirm").fill("approve ctr");
        assertThat(approve).isDisabled();
        dialog.getByLabel("Type approve ctr 13 to confirm").fill("approve ctr 13");
        console.change("/api/deployments", deployments -> {
            deployments.remove("pending");
            return thirteenServes(deployments);
        });
        approve.click();
        assertThat(page.locator("#said")).hasText("Version 13 is approved, version 13 is champion.");
        assertThat(page.locator("[data-pending]")).hasCount(0);
        ExampleConsole.Asked asked = console.asked().get(0);
        Assertions.assertThat(asked.path()).isEqualTo("/api/deployments/13/approve");
        Assertions.assertThat(asked.authorization()).isEqualTo("Bearer secret");
        Assertions.assertThat(asked.body())
                .isEqualTo(ExampleConsole.parsed("{\"confirm\": \"approve ctr 13\", \"approved\": true}"));
    }

    @Test
    void aVersionThatWaitsCanBeRefused() {
        page.getByRole(AriaRole.BUTTON, named("Refuse 13")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Version 12 stays champion");
        dialog.getByLabel("Why").fill("not on a Friday");
        dialog.getByLabel("Type refuse ctr 13 to confirm").fill("refuse ctr 13");
        page.keyboard().press("Enter");
        assertThat(dialog).hasCount(0);
        Assertions.assertThat(console.asked().get(0).body())
                .isEqualTo(ExampleConsole.parsed(
                        "{\"confirm\": \"refuse ctr 13\", \"approved\": false, \"why\": \"not on a Friday\"}"));
    }

    @Test
    void aRefusalIsShownInTheServersWordsAndNothingCloses() {
        console.refuse("/api/deployments/rollback", 403, "the token has not the role promote");
        page.getByRole(AriaRole.BUTTON, named("Roll back")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Type roll back ctr to confirm").fill("roll back ctr");
        page.keyboard().press("Enter");
        assertThat(dialog.getByRole(AriaRole.ALERT)).hasText("the token has not the role promote");
        console.allow("/api/deployments/rollback");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText("Version 12 serves again.");
    }

    @Test
    void chosenLettersAreReplayed() {
        page.getByLabel("Choose coldstream.interactions.v1.dlq-0-17").check();
        page.getByRole(AriaRole.BUTTON, named("Replay 1")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Type replay 1 to confirm").fill("replay 1");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText(Pattern.compile("1 replayed, 1 not: replayed already.*"));
        Assertions.assertThat(console.asked().get(0).body())
                .isEqualTo(ExampleConsole.parsed(
                        "{\"confirm\": \"replay 1\", \"ids\": [\"coldstream.interactions.v1.dlq-0-17\"]}"));
    }

    private static ObjectNode thirteenServes(ObjectNode deployments) {
        deployments.put("champion", "13");
        for (JsonNode version : deployments.path("versions")) {
            boolean champion = version.path("version").asText().equals("13");
            ((ObjectNode) version)
                    .put("champion", champion)
                    .putArray("aliases")
                    .add(champion ? "champion" : "previous");
        }
        return deployments;
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
