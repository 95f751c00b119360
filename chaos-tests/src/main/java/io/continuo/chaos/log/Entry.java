package io.continuo.chaos.log;

/**
 * A line of a log.
 *
 * @param ms when it was written, milliseconds since the epoch
 */
public record Entry(long ms, Line line) {}
