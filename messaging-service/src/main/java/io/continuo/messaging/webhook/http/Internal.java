package io.continuo.messaging.webhook.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Which addresses are not on the public internet: what answers there is not for those who choose targets of webhooks. */
final class Internal {
    private Internal() {}

    static boolean is(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isInternal4(bytes) : isInternal6(bytes);
    }

    /** This network, carriers' own, protocols', benchmarks', documentation's, reserved and broadcast. */
    private static boolean isInternal4(byte[] address) {
        int first = address[0] & 0xff;
        int second = address[1] & 0xff;
        int third = address[2] & 0xff;
        return first == 0
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113)
                || first >= 240;
    }

    /** Unique local addresses, and those that lead to an IPv4 address: 6to4, NAT64, Teredo and the like. */
    private static boolean isInternal6(byte[] address) {
        int first = ((address[0] & 0xff) << 8) | (address[1] & 0xff);
        int second = ((address[2] & 0xff) << 8) | (address[3] & 0xff);
        boolean uniqueLocal = (address[0] & 0xfe) == 0xfc;
        boolean sixToFour = first == 0x2002;
        boolean nat64 = first == 0x0064 && second == 0xff9b;
        boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0db8);
        boolean compatible4 = isZero(Arrays.copyOf(address, 12));
        return uniqueLocal || sixToFour || nat64 || special || compatible4;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte one : bytes) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
