package coldstream.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everybody can use the page: without a mouse, without sight, without colours, on a phone, at night. */
@Tag("integration")
@ExtendWith(BrowserExtension.class)
class PageReachTest {

    private static final String UNFOLD =
            "() => document.querySelectorAll('details').forEach(each => { each.open = true; })";

    private final ExampleConsole console = new ExampleConsole();

    @AfterEach
    void closeTheConsole() {
        console.close();
    }

    @Test
    void axeFindsNothingByDayOrNightOnADeskOrAPhone(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            open.page().evaluate(UNFOLD);
            Assertions.assertThat(violations(open.page())).as("by day").isEmpty();
            open.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(open.page().locator("html")).hasAttribute("data-theme", "dark");
            Assertions.assertThat(violations(open.page())).as("by night").isEmpty();
            open.page().setViewportSize(OpenPage.PHONE, 780);
            Assertions.assertThat(violations(open.page()))
                    .as("on a phone by night")
                    .isEmpty();
        }
    }

    @Test
    void axeFindsNothingInADialog(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.PHONE, ColorScheme.LIGHT)) {
            open.page().getByRole(AriaRole.BUTTON, named("Promote version 13")).click();
            assertThat(open.page().getByRole(AriaRole.DIALOG)).isVisible();
            Assertions.assertThat(violations(open.page())).isEmpty();
        }
    }

    @Test
    void nothingReachesBeyondThePhone(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.PHONE, ColorScheme.LIGHT)) {
            open.page().evaluate(UNFOLD);
            Object beyond = open.page().evaluate("() => document.documentElement.scrollWidth - innerWidth");
            Assertions.assertThat(beyond).isEqualTo(0);
        }
    }

    @Test
    void theTabKeyReachesEverythingAndShowsWhereItIs(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            Page page = open.page();
            page.keyboard().press("Tab");
            assertThat(page.getByText("Skip to the health line")).isFocused();
            Object missing = page.evaluate("""
                    () => {
                      const visible = each => each.checkVisibility({ visibilityProperty: true });
                      return [...document.querySelectorAll('button, a, input, select, summary, [tabindex="0"]')]
                        .filter(each => visible(each) && !each.disabled && each.tabIndex < 0).map(each => each.outerHTML);
                    }""");
            Assertions.assertThat(missing).isEqualTo(List.of());
            for (int steps = 0; steps < 30; steps++) {
                page.keyboard().press("Tab");
                Object outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle");
                Assertions.assertThat(outline)
                        .as("%s", page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)"))
                        .isNotEqualTo("none");
            }
        }
    }

    @Test
    void aDialogKeepsTheFocusAndGivesItBack(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            Page page = open.page();
            page.getByRole(AriaRole.BUTTON, named("Promote version 13")).focus();
            page.keyboard().press("Enter");
            for (int steps = 0; steps < 9; steps++) {
                page.keyboard().press("Tab");
                Assertions.assertThat(
                                page.evaluate(
                                        "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"))
                        .isEqualTo(true);
            }
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            assertThat(page.getByRole(AriaRole.BUTTON, named("Promote version 13")))
                    .isFocused();
        }
    }

    @Test
    void aChartIsReadAndZoomedByKeys(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            Page page = open.page();
            page.locator("#quality .plot").focus();
            page.keyboard().press("End");
            assertThat(page.locator("#quality line-chart > p")).containsText("overall 0.812 [0.810, 0.815]");
            var exact = new Locator.GetByTextOptions().setExact(true);
            page.keyboard().press("+");
            assertThat(page.locator("#quality .chart-tools").getByText("All", exact))
                    .hasAttribute("aria-pressed", "false");
            page.keyboard().press("0");
            assertThat(page.locator("#quality .chart-tools").getByText("All", exact))
                    .hasAttribute("aria-pressed", "true");
        }
    }

    @Test
    void aChartIsReadAndZoomedByPointing(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            Page page = open.page();
            Locator plot = page.locator("#quality .plot");
            plot.scrollIntoViewIfNeeded();
            BoundingBox box = plot.boundingBox();
            double y = box.y + box.height / 2;
            page.mouse().move(box.x + 60, y);
            assertThat(plot.locator(".readout")).containsText("0.812 [0.810, 0.815]");
            page.mouse().down();
            page.mouse().move(box.x + 200, y);
            page.mouse().up();
            Locator all = page.locator("#quality .chart-tools")
                    .getByText("All", new Locator.GetByTextOptions().setExact(true));
            assertThat(all).hasAttribute("aria-pressed", "false");
            plot.dblclick();
            assertThat(all).hasAttribute("aria-pressed", "true");
        }
    }

    @Test
    void theColoursCanBeChosenAndTheChoiceStays(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.DARK)) {
            Page page = open.page();
            assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
            page.locator("#theme").click();
            assertThat(page.locator("html")).hasAttribute("data-theme", "light");
            page.reload();
            assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        }
    }

    @Test
    void nothingMovesForThoseWhoAskedForThat(Browser browser) {
        try (OpenPage open = settled(browser, OpenPage.DESKTOP, ColorScheme.LIGHT)) {
            Assertions.assertThat(open.page().evaluate("() => document.getAnimations().length"))
                    .isEqualTo(0);
        }
    }

    private OpenPage settled(Browser browser, int width, ColorScheme colours) {
        OpenPage open = OpenPage.of(browser, console.address() + "?user=user-7", width, colours);
        Stream.of(
                        "[data-part=learning]",
                        "[data-stratum=overall]",
                        "[data-cell=cold_tail]",
                        "[data-version='13']",
                        ".letter",
                        "[data-item='item-11']",
                        "#quality .lines path >> nth=0")
                .forEach(each -> assertThat(open.page().locator(each)).isVisible());
        return open;
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .setLegacyMode(true).analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getId() + ": " + node.getHtml() + " "
                                        + node.getAny().stream()
                                                .map(check -> check.getMessage())
                                                .toList()))
                        .toList();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
