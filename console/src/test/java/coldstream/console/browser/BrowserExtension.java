package coldstream.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One headless Chromium for all tests of a run, given to a test as a {@link Browser} parameter.
 *
 * <p>It takes the Chromium of the system, downloads none, and skips the tests where there is none.
 */
public final class BrowserExtension implements BeforeAllCallback, ParameterResolver {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    /** The Chromium of this machine. */
    static Optional<Path> chromium() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Assumptions.assumeTrue(
                chromium().isPresent(), "the page is tested in Chromium, and there is none: apt-get install chromium");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(
                        Running.class, key -> new Running(chromium().orElseThrow()), Running.class)
                .browser;
    }

    /** The browser and what drives it; the root store closes it after the last test. */
    static final class Running implements AutoCloseable {

        private final Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS", "1")));
        final Browser browser;

        Running(Path chromium) {
            PlaywrightAssertions.setDefaultAssertionTimeout(OpenPage.PATIENCE_MILLIS);
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--font-render-hinting=none")));
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
