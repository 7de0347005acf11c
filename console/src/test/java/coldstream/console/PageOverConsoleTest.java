package coldstream.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import coldstream.console.browser.BrowserExtension;
import coldstream.console.browser.OpenPage;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a browser before the console itself, over a real broker and a real Redis. */
@Tag("integration")
@ExtendWith(BrowserExtension.class)
class PageOverConsoleTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private ConsoleRig rig;
    private OpenPage open;
    private Page page;

    @BeforeEach
    void openThePage(Browser browser) throws IOException {
        rig = new ConsoleRig(KAFKA.bootstrapServers(), KAFKA.namespace(), REDIS.url(), Map.of());
        open = OpenPage.wide(browser, "http://localhost:" + rig.console.port() + "/");
        page = open.page();
        assertThat(page.locator("[data-version='1']")).containsText("champion");
    }

    @AfterEach
    void closeThePage() {
        open.close();
        rig.close();
    }

    @Test
    void whatIsTypedAndClickedReachesTheRegistryAndWhatFollowsReachesThePage() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Promote version 2"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Token").fill("of-a-reader");
        dialog.getByLabel("Type promote ctr 2 to confirm").fill("promote ctr 2");
        page.keyboard().press("Enter");
        assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("PROMOTE");
        Assertions.assertThat(rig.services.promoted()).isEmpty();

        dialog.getByLabel("Token").fill(FakeServices.TOKEN);
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-version='2'] .badge.good")).hasText("champion");
        Assertions.assertThat(rig.services.promoted())
                .singleElement()
                .asString()
                .startsWith("/v1/models/ctr/promote ");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve 2"))
                .click();
        dialog.getByLabel("Token").fill(FakeServices.TOKEN);
        dialog.getByLabel("Type approve ctr 2 to confirm").fill("approve ctr 2");
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).hasText("Version 2 is approved, version 2 is champion.");
        Assertions.assertThat(rig.services.promoted())
                .last(InstanceOfAssertFactories.STRING)
                .startsWith("/v1/models/ctr/approve ")
                .contains("\"approved\":true");

        rig.produce(List.of(rig.alert("a-1", "OPEN", "fewer clicks than before")));
        assertThat(page.locator("#alarms > .alarms [data-alert='a-1']")).containsText("fewer clicks than before");
        rig.produce(List.of(rig.letter("ann", "{\"type\": \"click\"}", "MISSING_FIELD")));
        assertThat(page.locator("#dead-letters .letter")).containsText("item_id must be present");
        Assertions.assertThat(open.complaints()).isEmpty();
    }
}
