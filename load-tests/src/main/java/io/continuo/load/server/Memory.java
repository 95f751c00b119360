package io.continuo.load.server;

/**
 * Memory in bytes. Of the heap only what is in use counts: how much of it is resident says more about past garbage than
 * about what is kept.
 *
 * @param heap in use in the server's JVM
 * @param outside resident in that process outside its heap
 * @param redis resident in Redis
 */
public record Memory(double heap, double outside, double redis) {

    public double total() {
        return heap + outside + redis;
    }

    public Memory minus(Memory earlier) {
        return new Memory(heap - earlier.heap, outside - earlier.outside, redis - earlier.redis);
    }
}
