package coldstream.service.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds addresses, and only those a stranger may be told to call: none of this machine, this network or a cloud's own
 * services. The connection is made to the address that was looked at, so a name cannot change its meaning in between.
 */
final class PublicAddresses implements DnsResolver {

    private final List<String> allowed;
    private final DnsResolver names;

    /**
     * @param allowed hosts that may have any address
     * @param names says what a name means
     */
    PublicAddresses(List<String> allowed, DnsResolver names) {
        this.allowed =
                allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        this.names = names;
    }

    /** Whether the host may have any address. */
    boolean isAllowed(String host) {
        return allowed.contains(host.toLowerCase(Locale.ROOT));
    }

    /** @throws UnknownHostException if the name has no address, or one that may not be called */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!isAllowed(host) && !isPublic(address)) {
                throw new UnknownHostException("a webhook must have a public address, got " + host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes, 0) : isPublic6((Inet6Address) address, bytes);
    }

    /** RFC 6890: not this network, carrier's, protocol's, benchmark's, documentation's or reserved. */
    private static boolean isPublic4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        boolean special = a == 0
                || a == 10
                || a == 127
                || a >= 224
                || (a == 100 && b >= 64 && b < 128)
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 198 && (b == 18 || b == 19))
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113);
        return !special;
    }

    /** Global unicast alone, and no other address in its disguise: mapped, NAT64 and 6to4 ones hold one of version 4. */
    private static boolean isPublic6(Inet6Address address, byte[] bytes) {
        if (address.isIPv4CompatibleAddress()) {
            return isPublic4(bytes, 12);
        }
        int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
        int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
        if (first == 0x64 && second == 0xff9b) {
            return isPublic4(bytes, 12);
        }
        if (first == 0x2002) {
            return isPublic4(bytes, 2);
        }
        boolean documentation = first == 0x2001 && second == 0xdb8;
        boolean teredo = first == 0x2001 && second == 0;
        return (first & 0xe000) == 0x2000 && !documentation && !teredo;
    }
}
