package coldstream.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page shows where there is nothing, where nobody answers, and where somebody means harm. */
@Tag("integration")
@ExtendWith(BrowserExtension.class)
class PageStatesTest {

    private static final String HARM = "<img src=x onerror=\"alert('title')\"><script>alert('script')</script>";

    private final ExampleConsole console = new ExampleConsole();

    @AfterEach
    void closeTheConsole() {
        console.close();
    }

    @Test
    void aSystemThatHasSeenNothingSaysSoInEveryPanel(Browser browser) {
        console.answer("/api/quality", "{\"strata\": {}, \"windows\": {}, \"versions\": []}");
        console.answer("/api/gate", "{\"cells\": {}}");
        console.answer("/api/signals", "{\"signals\": [], \"series\": {}, \"operations\": []}");
        console.answer("/api/alarms", "{\"open\": [], \"closed\": []}");
        console.answer("/api/deployments", "{\"model\": \"ctr\", \"versions\": [], \"events\": []}");
        console.answer("/api/dead-letters", "{\"total\": 0, \"topics\": [], \"letters\": []}");
        console.answer(
                "/api/health",
                "{\"model\": \"ctr\", \"state\": \"unknown\", \"parts\": [], \"alarms\": {\"open\": 0}}");
        try (OpenPage open = OpenPage.wide(browser, console.address())) {
            Page page = open.page();
            assertThat(page.locator("#quality .empty")).containsText("Nothing was predicted yet");
            assertThat(page.locator("#gate .empty")).containsText("The gate has seen nothing yet");
            assertThat(page.locator("#signals .empty")).hasCount(2);
            assertThat(page.locator("#deployments .empty")).containsText("No version was published yet");
            assertThat(page.locator("#dead-letters .empty")).containsText("Every record was processed");
            assertThat(page.locator("#user .empty")).containsText("Give the id of a user");
            Assertions.assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void aPanelThatCannotBeReadSaysWhyAndTriesAgain(Browser browser) {
        List.of("quality", "gate", "signals", "deployments", "dead-letters", "health")
                .forEach(name -> console.refuse("/api/" + name, 503, "the registry does not answer"));
        try (OpenPage open = OpenPage.wide(browser, console.address())) {
            Page page = open.page();
            for (String panel : List.of("quality", "gate", "signals", "deployments", "dead-letters", "health")) {
                Locator failure = page.locator("#" + panel + " .failure").first();
                assertThat(failure).containsText("the registry does not answer");
            }
            console.allow("/api/quality");
            page.locator("#quality")
                    .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try again"))
                    .click();
            assertThat(page.locator("[data-stratum=overall]")).containsText("0.812");
        }
    }

    @Test
    void whatIsUnknownIsADashAndNotZero(Browser browser) {
        console.answer("/api/deployments", """
                {"model": "ctr", "versions": [{"version": "1", "created": "2026-11-20T11:55:00Z", "champion": false}], "events": []}""");
        try (OpenPage open = OpenPage.wide(browser, console.address())) {
            assertThat(open.page().locator("[data-version='1'] .number").first())
                    .hasText("–");
            Assertions.assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void whatOthersWroteIsShownAndNeverRun(Browser browser) {
        console.change("/api/alarms", alarms -> {
            ((ObjectNode) alarms.path("open").path(0)).put("message", HARM).put("signal", HARM);
            return alarms;
        });
        console.change("/api/dead-letters", letters -> {
            ObjectNode letter = (ObjectNode) letters.path("letters").path(0);
            letter.put("message", HARM);
            letter.withObject("value").put("text", HARM);
            return letters;
        });
        console.change("/api/users/user-7", user -> {
            ((ObjectNode) user.path("recommendations").path(0)).put("title", HARM);
            user.withObject("profile").put("text", HARM);
            return user;
        });
        try (OpenPage open = OpenPage.wide(browser, console.address() + "?user=user-7")) {
            Page page = open.page();
            assertThat(page.locator("#user [data-item='item-11']")).containsText(HARM);
            assertThat(page.locator("#user .told")).hasText(HARM);
            assertThat(page.locator("#alarms .alarm").first()).containsText(HARM);
            page.locator(".letter summary").click();
            assertThat(page.locator(".letter pre")).hasText(HARM);
            assertThat(page.locator("main img, main script")).hasCount(0);
            Assertions.assertThat(open.complaints()).isEmpty();
        }
    }

    @Test
    void inlineScriptIsStoppedByTheBorderEvenIfItGotIn(Browser browser) {
        try (OpenPage open = OpenPage.wide(browser, console.address())) {
            open.page()
                    .evaluate(
                            "() => document.body.insertAdjacentHTML('beforeend', '<p id=in onclick=\"document.title=1\">in</p>')");
            open.page().locator("#in").click();
            Assertions.assertThat(open.page().title()).endsWith("Coldstream console");
            Assertions.assertThat(open.complaints()).singleElement().asString().startsWith("policy: ");
        }
    }
}
