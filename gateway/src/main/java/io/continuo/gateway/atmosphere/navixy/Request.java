package io.continuo.gateway.atmosphere.navixy;

import io.continuo.gateway.subject.Interest;
import java.util.List;

/** What a client asks for, by one message (protocol/atmosphere.md §6.2–6.5). */
sealed interface Request {

    /** What answers and errors call it. */
    String action();

    String hash();

    /** @param interests one of a kind at most */
    record Subscribe(String hash, List<Interest> interests, People people) implements Request {
        Subscribe(String hash, List<Interest> interests) {
            this(hash, interests, People.NONE);
        }

        @Override
        public String action() {
            return Action.SUBSCRIBE.answered();
        }
    }

    /**
     * @param ends what is to end; of an interest only its kind and its target matter
     * @param people what of them is to end; only the kinds matter
     * @param old whether it is asked for in the form of former times, and to be answered in that
     */
    record Unsubscribe(String hash, List<Interest> ends, People people, boolean old) implements Request {
        @Override
        public String action() {
            return Action.UNSUBSCRIBE.answered();
        }
    }

    /** The actions there are. */
    enum Action {
        SUBSCRIBE,
        UNSUBSCRIBE;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String answered() {
            return "subscription/" + wire();
        }
    }
}
