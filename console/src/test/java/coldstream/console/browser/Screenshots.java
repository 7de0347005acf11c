package coldstream.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes the pictures of the documentation from a running console; no test, and run by {@code docs/console/screenshots.sh} alone.
 *
 * <p>Properties: {@code screenshots.of} its address, {@code screenshots.to} a folder, {@code screenshots.user} whom to look up;
 * empty for somebody the system knows well.
 */
@ExtendWith(BrowserExtension.class)
@EnabledIfSystemProperty(named = "screenshots.of", matches = ".+")
class Screenshots {

    private static final int TOP_PIXELS = 1090;

    /** One change raises many: the first say what hurts. */
    private static final int MOST_ALARMS = 5;

    private static final double LIMIT = Duration.ofMinutes(8).toMillis();

    private final String address = System.getProperty("screenshots.of");
    private final Path folder = Path.of(System.getProperty("screenshots.to", "."));

    @Test
    void takeThem(Browser browser) {
        String user;
        try (OpenPage open = settled(browser, "", OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            top(open.page(), "overview.png", TOP_PIXELS);
            user = somebody(open.page());
            take(open.page().locator("#deployments .panel"), "deployments.png");
        }
        try (OpenPage open = settled(browser, user, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            take(open.page().locator("#user .panel"), "user.png");
        }
        try (OpenPage open = settled(browser, "", OpenPage.DESKTOP, ColorScheme.DARK)) {
            take(open.page().locator("#gate .panel"), "gate-by-night.png");
            take(open.page().locator("#signals .panel").first(), "operations-by-night.png");
        }
        try (OpenPage open = settled(browser, "", OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            Locator alarm = open.page().locator("#alarms > ul > li").first();
            assertThat(alarm).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIMIT));
            Locator all = open.page().locator("#alarms > ul > li");
            Locator last = all.nth(Math.min(MOST_ALARMS, all.count()) - 1);
            top(open.page(), "alarm.png", (int) (last.boundingBox().y + last.boundingBox().height + 24));
        }
        try (OpenPage open = settled(browser, "", OpenPage.PHONE, ColorScheme.LIGHT)) {
            open.page().screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("phone.png")));
        }
    }

    /** The page once there is something on it: lines, a user, and a version that took the place of another. */
    private OpenPage settled(Browser browser, String user, int width, ColorScheme colours) {
        OpenPage open = OpenPage.of(browser, user.isEmpty() ? address : address + "?user=" + user, width, colours);
        Page page = open.page();
        assertThat(page.locator("#connection")).containsText("Live");
        var patient = new LocatorAssertions.IsVisibleOptions().setTimeout(LIMIT);
        assertThat(page.locator("#quality .lines path").first()).isVisible(patient);
        assertThat(page.locator(".served li:nth-child(4)")).isVisible(patient);
        if (!user.isEmpty()) {
            assertThat(page.locator("#user .recommendations")).isVisible(patient);
        }
        page.evaluate("() => { document.querySelector('.bar').style.position = 'static';"
                + " document.getElementById('said').style.display = 'none'; }");
        return open;
    }

    /** Who was named, or the first of the usual names with a history and scores. */
    private String somebody(Page page) {
        String named = System.getProperty("screenshots.user", "");
        return Stream.concat(
                        Stream.of(named),
                        IntStream.rangeClosed(1, 400)
                                .boxed()
                                .flatMap(number -> Stream.of("u%05d".formatted(number), "" + number)))
                .filter(name -> !name.isEmpty() && (name.equals(named) || wellKnown(page, name)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a user must be known well, got none; name one"));
    }

    private boolean wellKnown(Page page, String name) {
        APIResponse answer = page.request().get(address.replaceAll("/$", "") + "/api/users/" + name);
        JsonNode user = Json.read(answer.body(), JsonNode.class);
        int taken = user.path("state").path("history").size();
        return taken >= 4
                && taken <= 12
                && user.path("stored_scores").size() >= 5
                && user.path("guidance").path("moved").asInt() >= 3;
    }

    private void top(Page page, String name, int pixels) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(folder.resolve(name))
                .setFullPage(true)
                .setClip(0, 0, OpenPage.DESKTOP, pixels));
    }

    private void take(Locator panel, String name) {
        panel.screenshot(new Locator.ScreenshotOptions().setPath(folder.resolve(name)));
    }
}
