package io.continuo.common.redis;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code CONTINUO_REDIS} names. All URIs in it are such as the client of one server understands. */
sealed interface RedisAddress {

    /** One server that never changes. */
    record Server(String uri) implements RedisAddress {}

    /**
     * A primary that sentinels choose.
     *
     * @param name of the primary
     * @param servers how to reach what the sentinels name
     */
    record Sentinels(List<HostPort> sentinels, String name, Access servers) implements RedisAddress {}

    /** A Redis Cluster, of which some nodes are known. */
    record Cluster(List<HostPort> seeds, Access servers) implements RedisAddress {}

    /** @param host a name, an IPv4 address, or an IPv6 address in brackets */
    record HostPort(String host, int port) {
        private static final Pattern FORM = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

        static HostPort parse(String text, int defaultPort) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not <host>:<port>: " + text);
            }
            return new HostPort(
                    matcher.group(1), matcher.group(2) == null ? defaultPort : Integer.parseInt(matcher.group(2)));
        }

        /** As a server says it: an IPv6 address has no brackets. */
        static HostPort of(String host, int port) {
            return new HostPort(host.contains(":") ? "[" + host + "]" : host, port);
        }
    }

    /**
     * How to reach servers whose addresses become known later.
     *
     * @param scheme {@code redis} or {@code rediss}
     * @param login {@code user:password@}, or nothing
     */
    record Access(String scheme, String login) {
        String uri(HostPort server) {
            return scheme + "://" + login + server.host() + ":" + server.port();
        }

        /** The same without a login. */
        String plainUri(HostPort server) {
            return scheme + "://" + server.host() + ":" + server.port();
        }
    }

    Pattern SEVERAL = Pattern.compile("redis(s?)-(sentinel|cluster)://((?:[^@/]*)@)?([^@/]+)(?:/(.*))?");
    int REDIS_PORT = 6379;
    int SENTINEL_PORT = 26_379;

    /** Reads what {@link io.continuo.common.settings.RedisSettings} has found to be well-formed. */
    static RedisAddress parse(String uri) {
        Matcher matcher = SEVERAL.matcher(uri);
        if (!matcher.matches()) {
            return new Server(uri);
        }
        Access access = new Access("redis" + matcher.group(1), matcher.group(3) == null ? "" : matcher.group(3));
        if (matcher.group(2).equals("cluster")) {
            return new Cluster(servers(matcher.group(4), REDIS_PORT), access);
        }
        return new Sentinels(servers(matcher.group(4), SENTINEL_PORT), matcher.group(5), access);
    }

    private static List<HostPort> servers(String list, int defaultPort) {
        return Arrays.stream(list.split(",", -1))
                .map(server -> HostPort.parse(server, defaultPort))
                .toList();
    }
}
