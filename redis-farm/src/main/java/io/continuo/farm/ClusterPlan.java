package io.continuo.farm;

import java.util.List;

/** The configuration with which six nodes are a Redis Cluster from their start, without having to get to know each other. */
record ClusterPlan(List<Integer> ports, List<Integer> busPorts) {
    private static final int PRIMARIES = 3;
    private static final int SLOTS = 16_384;

    /** The file of one node. */
    String seenBy(int self) {
        StringBuilder file = new StringBuilder();
        for (int node = 0; node < ports.size(); node++) {
            file.append(line(node, node == self)).append('\n');
        }
        return file.append("vars currentEpoch ")
                .append(PRIMARIES)
                .append(" lastVoteEpoch 0\n")
                .toString();
    }

    private String line(int node, boolean self) {
        boolean primary = node < PRIMARIES;
        int epoch = node % PRIMARIES + 1;
        String role = primary ? "master -" : "slave " + id(node - PRIMARIES);
        String slots = primary ? " " + node * SLOTS / PRIMARIES + "-" + ((node + 1) * SLOTS / PRIMARIES - 1) : "";
        return id(node) + " 127.0.0.1:" + ports.get(node) + "@" + busPorts.get(node) + " " + (self ? "myself," : "")
                + role + " 0 0 " + epoch + " connected" + slots;
    }

    private static String id(int node) {
        return Integer.toString(node).repeat(40);
    }
}
