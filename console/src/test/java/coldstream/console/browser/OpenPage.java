package coldstream.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The page in a window of its own, which notes what a good page never does. */
public final class OpenPage implements AutoCloseable {

    static final int DESKTOP = 1280;
    static final int PHONE = 360;
    /** Longest wait for anything on the page; far longer than a slow machine takes. */
    static final double PATIENCE_MILLIS = 120_000;

    private final BrowserContext window;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Page page;

    private OpenPage(Browser browser, String address, int width, ColorScheme colours) {
        window = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width == PHONE ? 780 : 900)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setTimezoneId("UTC")
                .setLocale("en-GB"));
        window.setDefaultTimeout(PATIENCE_MILLIS);
        page = window.newPage();
        String authority = URI.create(address).getAuthority();
        page.onPageError(error -> complaints.add("script: " + error));
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add("policy: " + message.text());
            }
        });
        page.onRequest(request -> {
            URI asked = URI.create(request.url());
            if (!"data".equals(asked.getScheme()) && !authority.equals(asked.getAuthority())) {
                complaints.add("elsewhere: " + asked);
            }
        });
        page.navigate(address);
    }

    public static OpenPage wide(Browser browser, String address) {
        return new OpenPage(browser, address, DESKTOP, ColorScheme.LIGHT);
    }

    static OpenPage of(Browser browser, String address, int width, ColorScheme colours) {
        return new OpenPage(browser, address, width, colours);
    }

    public Page page() {
        return page;
    }

    /** Errors of scripts, breaches of the policy, requests to other hosts, dialogs nobody asked for. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        window.close();
    }
}
