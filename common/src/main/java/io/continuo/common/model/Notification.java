package io.continuo.common.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a message's recipients are to be notified (protocol/layer.md §13.12).
 *
 * @param wordings the first is for everybody who has none of their own
 * @param recipients user → index of their own wording
 * @param options by their names on the wire: category, localisation keys, data; values as JSON has them
 */
public record Notification(List<Wording> wordings, Map<String, Integer> recipients, Map<String, Object> options) {

    public Notification {
        wordings = List.copyOf(wordings);
        recipients = Map.copyOf(recipients);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** What one person is to read and hear; what is null is for the app to choose. */
    public record Wording(
            @Nullable String title,
            @Nullable String text,
            @Nullable String sound) {

        private boolean isSilent() {
            return title == null && text == null && sound == null;
        }

        private Wording or(Wording other) {
            return new Wording(
                    title == null ? other.title : title,
                    text == null ? other.text : text,
                    sound == null ? other.sound : sound);
        }
    }

    /** Which wording is {@code user}'s: 0 for the common one. */
    public int wordingOf(String user) {
        return recipients.getOrDefault(user, 0);
    }

    /** What {@code user} is to read and hear; empty when they are not to notice. */
    public Optional<Wording> forUser(String user) {
        Wording common = wordings.getFirst();
        int own = wordingOf(user);
        Wording wording = own == 0 ? common : wordings.get(own).or(common);
        return wording.isSilent() ? Optional.empty() : Optional.of(wording);
    }
}
