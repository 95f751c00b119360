package io.continuo.load.scenario;

import java.io.IOException;

/** Something that the benchmark does to a fresh server, and what it reports of it. Blocking. */
public sealed interface Scenario permits RoomScenario, IdleScenario, ResumeScenario, ReplayScenario, SubjectScenario {

    void run(Bed bed) throws IOException;

    /** The scenario of that name; an {@link IllegalArgumentException} when there is none. */
    static Scenario of(String name) {
        return switch (name) {
            case "rooms10" -> new RoomScenario(10);
            case "rooms100" -> new RoomScenario(100);
            case "rooms1000" -> new RoomScenario(1000);
            case "connect", "idle" -> new IdleScenario();
            case "resume" -> new ResumeScenario(1000, 10);
            case "replay" -> new ReplayScenario();
            case "subjects" -> new SubjectScenario();
            case "storm" -> new ResumeScenario(5000, 0);
            default -> throw new IllegalArgumentException("There is no scenario " + name + ".");
        };
    }
}
