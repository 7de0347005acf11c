package coldstream.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "2001::1",
                "::127.0.0.1"
            })
    void anAddressOfThisMachineOrNetworkIsNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.128.0.1",
                "192.0.1.1",
                "2606:4700::1111",
                "64:ff9b::808:808"
            })
    void anyOtherIs(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void aNameWithOnePrivateAddressIsNotCalled() {
        DnsResolver names = names(Map.of("evil.example", List.of("8.8.8.8", "10.0.0.1")));

        assertThatThrownBy(() -> new PublicAddresses(List.of(), names).resolve("evil.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("a webhook must have a public address, got evil.example");
    }

    @Test
    void aHostThatIsAllowedMayHaveAnyAddress() throws UnknownHostException {
        DnsResolver names = names(Map.of("intern.example", List.of("10.0.0.1")));

        assertThat(new PublicAddresses(List.of("Intern.example"), names).resolve("intern.example"))
                .hasSize(1);
    }

    @Test
    void aNameThatTurnsPrivateAfterItWasAcceptedIsNotCalledEither() throws IOException {
        var called = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> called.incrementAndGet());
        server.start();
        var rules = new WebhookCall.Rules(List.of(), "hosts", Duration.ofSeconds(5), "X-Test", "test");
        try (var call = new WebhookCall(
                rules,
                names(Map.of("rebound.example", List.of("127.0.0.1"), "127.0.0.1", List.of("127.0.0.1"))),
                Clock.systemUTC())) {
            for (String host : List.of("rebound.example", "127.0.0.1")) {
                String url = "https://" + host + ":" + server.getAddress().getPort() + "/";

                WebhookCall.Answer answer = call.send(new WebhookCall.Target(url, Optional.empty()), "d", "{}");

                assertThat(answer.status()).isZero();
                assertThat(answer.body()).contains("a webhook must have a public address, got " + host);
            }
            assertThat(called).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static DnsResolver names(Map<String, List<String>> known) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                List<String> texts = known.getOrDefault(host, List.of());
                InetAddress[] addresses = new InetAddress[texts.size()];
                for (int i = 0; i < addresses.length; i++) {
                    addresses[i] = InetAddress.getByName(texts.get(i));
                }
                return addresses;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
