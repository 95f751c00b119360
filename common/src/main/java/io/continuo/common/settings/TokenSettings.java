package io.continuo.common.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose word an app takes for who somebody is (protocol/layer.md §3.3).
 *
 * @param providers accepted {@code iss}; empty accepts any issuer whose key is known
 * @param keys that the app has registered
 * @param jwks where more public keys are published, as JSON Web Key Sets
 * @param algorithms that are accepted; never empty
 * @param sessionAudience {@code aud} of session tokens that the app mints by itself; empty when it mints none
 */
public record TokenSettings(
        List<String> providers,
        List<TokenKey> keys,
        List<URI> jwks,
        Set<TokenAlgorithm> algorithms,
        Optional<String> sessionAudience) {

    /** @throws SettingsException when keys would be fetched on the word of an issuer whom nobody knows */
    public TokenSettings {
        if (!jwks.isEmpty() && providers.isEmpty()) {
            throw new SettingsException("CONTINUO_APPS: an app with published keys (jwks) must name its providers.");
        }
    }

    public boolean acceptsIssuer(String issuer) {
        return providers.isEmpty() || providers.contains(issuer);
    }
}
