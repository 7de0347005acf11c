package coldstream.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes the pictures of the documentation from a running console; no test, and run by {@code docs/console/screenshots.sh} alone.
 *
 * <p>Properties: {@code screenshots.of} its address, {@code screenshots.to} a folder, {@code screenshots.user} whom to look up.
 */
@ExtendWith(BrowserExtension.class)
@EnabledIfSystemProperty(named = "screenshots.of", matches = ".+")
class Screenshots {

    private static final int TOP_PIXELS = 1160;

    private final String address =
            System.getProperty("screenshots.of") + "?user=" + System.getProperty("screenshots.user", "1");
    private final Path folder = Path.of(System.getProperty("screenshots.to", "."));

    @Test
    void takeThem(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            open.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(folder.resolve("overview.png"))
                            .setFullPage(true)
                            .setClip(0, 0, OpenPage.DESKTOP, TOP_PIXELS));
            take(open.page().locator("#deployments .panel"), "deployments.png");
            take(open.page().locator("#user .panel"), "user.png");
        }
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.DARK)) {
            take(open.page().locator("#gate .panel"), "gate-by-night.png");
            take(open.page().locator("#signals .panel").first(), "operations-by-night.png");
        }
        try (OpenPage open = settled(browser, OpenPage.PHONE, ColorScheme.LIGHT)) {
            open.page().screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("phone.png")));
        }
    }

    private OpenPage settled(Browser browser, int width, ColorScheme colours) {
        OpenPage open = OpenPage.of(browser, address, width, colours);
        assertThat(open.page().locator("#connection")).containsText("Live");
        assertThat(open.page().locator("[data-stratum=overall]")).isVisible();
        assertThat(open.page().locator("#user .recommendations")).isVisible();
        assertThat(open.page().locator("#quality .lines path").first()).isVisible();
        open.page().evaluate("() => { document.querySelector('.bar').style.position = 'static'; }");
        return open;
    }

    private void take(Locator panel, String name) {
        panel.screenshot(new Locator.ScreenshotOptions().setPath(folder.resolve(name)));
    }
}
