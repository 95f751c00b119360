package io.continuo.messaging;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A messaging service of two instances that the tests of a class share; each brings people of its own. */
abstract class ServiceScene {
    static Service service;
    private static int people;

    @BeforeAll
    static void start() throws Exception {
        service = new Service(2);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    /** A user who was not there before. */
    static String someone() {
        return "user" + people++;
    }
}
