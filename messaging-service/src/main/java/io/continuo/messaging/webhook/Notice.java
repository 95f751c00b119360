package io.continuo.messaging.webhook;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What webhooks are told of, in no version yet.
 *
 * @param subject what it is about: notices of one event about the same become one
 * @param key under which the object stands in a body: {@code message} or {@code conversation}
 * @param object as a version shows it
 * @param changes Layer Patch operations as a version shows them; empty where nothing was changed
 */
record Notice(
        WebhookEvent event,
        String subject,
        String key,
        Function<Payload, Map<String, Object>> object,
        Function<Payload, List<Map<String, Object>>> changes) {

    static Notice of(WebhookEvent event, String subject, String key, Function<Payload, Map<String, Object>> object) {
        return new Notice(event, subject, key, object, payload -> List.of());
    }
}
