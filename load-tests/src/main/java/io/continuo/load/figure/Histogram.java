package io.continuo.load.figure;

/** Counts durations in buckets of 3% width, from nanoseconds to minutes. Not thread-safe. */
public final class Histogram {
    private static final int STEPS_LOG2 = 5;
    private static final int STEPS = 1 << STEPS_LOG2;

    private final long[] counts = new long[64 * STEPS];
    private long total;

    public void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    public long total() {
        return total;
    }

    /**
     * The duration in milliseconds that {@code share} of all durations do not exceed; 0 when there are none.
     *
     * @param share from 0 to 1
     */
    public double millis(double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return upper(i) / 1e6;
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        if (nanos < STEPS) {
            return (int) nanos;
        }
        int shift = 63 - Long.numberOfLeadingZeros(nanos) - STEPS_LOG2;
        return (shift << STEPS_LOG2) + (int) (nanos >>> shift);
    }

    private static long upper(int bucket) {
        if (bucket < 2 * STEPS) {
            return bucket;
        }
        int shift = (bucket >>> STEPS_LOG2) - 1;
        long next = bucket - (shift << STEPS_LOG2) + 1L;
        return (next << shift) - 1;
    }
}
