package io.continuo.common.node;

import io.continuo.common.settings.Settings;

/** What a process is for. Its methods block: they are for the main thread alone. */
public interface Role {
    /** What its process calls itself when it is ready, such as {@code Continuo gateway}. */
    String title();

    /** What {@code --help} prints. */
    String help();

    /** Whether its process is one of several that share an event bus. */
    boolean isClustered();

    /**
     * Completes the settings, and starts what must be there before anything else.
     *
     * @throws StartException when something is missing that has no default here
     */
    Settings prepare(Settings given, Parts parts);

    /**
     * Deploys what the role consists of.
     *
     * @throws StartException when something cannot be started
     */
    void start(Node node);

    /** Where it can be reached once it is ready, as a URL. */
    String address(Node node);
}
