package io.continuo.load.server;

/**
 * CPU time that was spent, in microseconds.
 *
 * @param user by the server's processes, outside the kernel
 * @param kernel for the server's processes, inside the kernel
 * @param redis by Redis, both
 * @param rewrites by the children that rewrite Redis' append-only file now and then, both
 * @param core by everybody on the server's core, or 0 when the server is not pinned
 */
public record CpuTime(double user, double kernel, double redis, double rewrites, double core) {

    public double total() {
        return user + kernel + redis + rewrites;
    }

    public CpuTime minus(CpuTime earlier) {
        return new CpuTime(
                user - earlier.user,
                kernel - earlier.kernel,
                redis - earlier.redis,
                rewrites - earlier.rewrites,
                core - earlier.core);
    }
}
