package io.continuo.messaging.response;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One state of one person, as clients keep it too: values with the ids of the operations that added them, and the ids of
 * what was taken back or overwritten. An operation counts once, and what is taken back stays so, whichever comes first
 * (protocol/layer.md §15.5).
 */
record ResponseState(List<Add> adds, List<String> removes) {
    /** Ids of overwritten values that are remembered; who repeats an older one is taken for somebody new. */
    private static final int REMEMBERED = 200;

    static final ResponseState NONE = new ResponseState(List.of(), List.of());

    /** @param ids of the operations that added the value */
    record Add(Object value, List<String> ids) {
        Add {
            ids = List.copyOf(ids);
        }

        private Add with(String id) {
            List<String> more = new ArrayList<>(ids);
            more.add(id);
            return new Add(value, more);
        }

        private @Nullable Add without(String id) {
            List<String> fewer = ids.stream().filter(other -> !other.equals(id)).toList();
            return fewer.isEmpty() ? null : new Add(value, fewer);
        }
    }

    ResponseState {
        adds = List.copyOf(adds);
        removes = List.copyOf(removes);
    }

    /** The state after {@code change}; equal when it changes nothing. */
    ResponseState after(ResponseChange change) {
        Object value = change.value();
        return value == null ? remove(change.type(), change.id()) : add(change.type(), change.id(), value);
    }

    private ResponseState add(ResponseType type, String id, Object value) {
        boolean known =
                removes.contains(id) || adds.stream().anyMatch(add -> add.ids().contains(id));
        if (known) {
            return this;
        }
        Add added = new Add(value, List.of(id));
        if (adds.isEmpty()) {
            return new ResponseState(List.of(added), removes);
        }
        return switch (type) {
            case FWW -> new ResponseState(adds, and(Set.of(id)));
            case LWW, LWWN -> new ResponseState(List.of(added), and(ids()));
            case SET -> new ResponseState(joined(added), removes);
        };
    }

    /** A value is in a set once, by whatever operations. */
    private List<Add> joined(Add added) {
        List<Add> all = new ArrayList<>(adds);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).value().equals(added.value())) {
                all.set(i, all.get(i).with(added.ids().getFirst()));
                return all;
            }
        }
        all.add(added);
        return all;
    }

    /** What the first or the last has written nobody takes back. */
    private ResponseState remove(ResponseType type, String id) {
        if (type == ResponseType.FWW || type == ResponseType.LWW || removes.contains(id)) {
            return this;
        }
        List<Add> left = new ArrayList<>();
        for (Add add : adds) {
            Add rest = add.without(id);
            if (rest != null) {
                left.add(rest);
            }
        }
        return new ResponseState(left, and(Set.of(id)));
    }

    private Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        adds.forEach(add -> ids.addAll(add.ids()));
        return ids;
    }

    private List<String> and(Set<String> ids) {
        List<String> all = new ArrayList<>(removes);
        all.addAll(ids);
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }

    /** Reads what {@link #json} made. */
    static ResponseState of(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> state)) {
            return NONE;
        }
        List<Add> adds = new ArrayList<>();
        if (state.get("adds") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> add && add.get("value") != null) {
                    adds.add(new Add(add.get("value"), strings(add.get("ids"))));
                }
            }
        }
        return new ResponseState(adds, strings(state.get("removes")));
    }

    private static List<String> strings(@Nullable Object json) {
        return json instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }

    /** Both lists are always there: clients read them unseen. */
    Map<String, Object> json() {
        List<Object> values = new ArrayList<>();
        for (Add add : adds) {
            Map<String, Object> one = new TreeMap<>();
            one.put("ids", add.ids());
            one.put("value", add.value());
            values.add(one);
        }
        return new TreeMap<>(Map.of("adds", values, "removes", removes));
    }
}
