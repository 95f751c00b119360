package io.continuo.common.bus;

/** Every address on the event bus. */
public final class Addresses {

    /** Any instance of the messaging service. */
    public static final String MESSAGING = "messaging";

    /** All instances of the messaging service (publish). */
    public static final String MESSAGING_INSTANCES = "messaging.instances";

    /** Any instance of the presence service. */
    public static final String PRESENCE = "presence";

    /** Any instance of the presence service, about subjects. */
    public static final String SUBJECTS = "subjects";

    /** All gateway loops (publish). */
    public static final String GATEWAYS = "gateways";

    /** All gateway processes: how many connections each of them has (publish). */
    public static final String CENSUS = "gateways.census";

    /** All processes: that a node is there to be asked (publish). */
    public static final String BEATS = "beats";

    private static final String PARTITIONS = "messaging.partition.";

    private Addresses() {}

    /** The messaging instance that owns partition {@code partition}. */
    public static String partition(int partition) {
        return PARTITIONS + partition;
    }

    /** Whether it is the address of a partition: without its owner, {@link #MESSAGING} can be asked instead. */
    public static boolean isPartition(String address) {
        return address.startsWith(PARTITIONS);
    }

    /** One instance of the messaging service. */
    public static String messaging(String instance) {
        return "messaging.instance." + instance;
    }

    /** One instance of the presence service. */
    public static String presence(String instance) {
        return "presence.instance." + instance;
    }

    /** One event loop of one gateway process; the name is unique to this run of the process. */
    public static String loop(String nodeId, int index) {
        return "gateway." + nodeId + "." + index;
    }

    /** What a loop hears from other loops about visits. */
    public static String visits(String loop) {
        return "visits." + loop;
    }

    /** The same event loop as one that watches subjects. */
    public static String subjects(String loop) {
        return SUBJECTS + loop.substring(loop.indexOf('.'));
    }

    /** Which of its process's loops an address names, from 0. */
    public static String indexOf(String loop) {
        return loop.substring(loop.lastIndexOf('.') + 1);
    }

    /** The node that a loop's address names. */
    public static String nodeOf(String loop) {
        return loop.substring(loop.indexOf('.') + 1, loop.lastIndexOf('.'));
    }
}
