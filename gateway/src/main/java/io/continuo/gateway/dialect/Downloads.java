package io.continuo.gateway.dialect;

/** Makes the links that let anyone who holds them fetch rich content for a while (protocol/layer.md §10.5). */
@FunctionalInterface
public interface Downloads {

    /**
     * A fresh link to the content with this id.
     *
     * @param links where our paths start
     */
    Download of(Links links, String contentId);

    /**
     * @param url public, needs no authorization
     * @param expiresAtMs when it stops working, milliseconds since the epoch
     */
    record Download(String url, long expiresAtMs) {}
}
