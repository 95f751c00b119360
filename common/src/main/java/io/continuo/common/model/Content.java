package io.continuo.common.model;

/**
 * A reference to rich content (protocol/layer.md §10.5); download links are made when it is rendered.
 *
 * @param id bare UUID
 * @param size bytes
 */
public record Content(String id, long size) {}
