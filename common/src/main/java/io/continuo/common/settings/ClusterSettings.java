package io.continuo.common.settings;

import java.util.List;

/**
 * How the processes of a cluster find each other; the one-process mode does not look at it.
 *
 * @param name only processes of the same name join
 * @param host the address of this machine that the others reach it by: an IP address, a host name, or {@code auto} for
 *     the one that its own name stands for
 * @param port where this process listens for the others' membership; the next free one if it is in use
 * @param busPort where this process listens for the others' messages; 0 takes a free one
 * @param members where to look for others: {@code host} or {@code host:port}; a name may stand for several addresses
 */
public record ClusterSettings(String name, String host, int port, int busPort, List<String> members) {
    /** The host that stands for the address of the machine's own name. */
    public static final String AUTO = "auto";

    static ClusterSettings read(Environment environment) {
        String name = environment.text("CLUSTER_NAME", "continuo");
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw environment.malformed("CLUSTER_NAME", name, "up to 64 letters, digits, dots, dashes or underscores");
        }
        String host = environment.text("CLUSTER_HOST", "127.0.0.1");
        List<String> members = environment.list("CLUSTER_MEMBERS");
        for (String member : members) {
            if (!member.matches("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?")) {
                throw environment.malformed("CLUSTER_MEMBERS", member, "a list of <host> or <host>:<port>");
            }
        }
        return new ClusterSettings(
                name,
                host,
                environment.number("CLUSTER_PORT", 5701, 1, 65_535),
                environment.number("CLUSTER_BUS_PORT", 0, 0, 65_535),
                members);
    }
}
