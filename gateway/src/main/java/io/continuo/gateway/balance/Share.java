package io.continuo.gateway.balance;

/** The connections of one event loop. Safe for other threads. */
public interface Share {
    int connections();

    /** Has so many of them, those that were quiet for longest, go to another gateway; never one with a request under way. */
    void move(int count);
}
