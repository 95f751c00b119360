package io.continuo.common.settings;

/** A setting is unknown or malformed; the message says which and what is expected. */
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message);
    }
}
