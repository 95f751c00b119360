package io.continuo.messaging.response;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everybody's responses to one node of a message: identity → name → state (protocol/layer.md §15.5).
 *
 * @param states identity id → name of the state → state
 */
record Summary(Map<String, Map<String, ResponseState>> states) {

    static Summary of(Map<String, Object> json) {
        Map<String, Map<String, ResponseState>> states = new TreeMap<>();
        json.forEach((identity, names) -> {
            if (names instanceof Map<?, ?> map) {
                Map<String, ResponseState> own = new TreeMap<>();
                map.forEach((name, state) -> own.put(name.toString(), ResponseState.of(state)));
                states.put(identity, own);
            }
        });
        return new Summary(states);
    }

    /**
     * The summary after all of {@code changes}; equal when they change nothing.
     *
     * @param identity of the responder, for changes that name nobody
     */
    Summary after(String identity, List<ResponseChange> changes) {
        Map<String, Map<String, ResponseState>> all = new TreeMap<>(states);
        for (ResponseChange change : changes) {
            String whose = change.identity() == null ? identity : change.identity();
            Map<String, ResponseState> own = new TreeMap<>(all.getOrDefault(whose, Map.of()));
            ResponseState before = own.getOrDefault(change.name(), ResponseState.NONE);
            ResponseState after = before.after(change);
            if (!after.equals(before)) {
                own.put(change.name(), after);
                all.put(whose, own);
            }
        }
        return new Summary(all);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        states.forEach((identity, names) -> {
            Map<String, Object> own = new TreeMap<>();
            names.forEach((name, state) -> own.put(name, state.json()));
            json.put(identity, own);
        });
        return json;
    }
}
