package io.continuo.chaos;

import io.continuo.chaos.fault.Scenario;
import io.continuo.chaos.fault.Stage;
import io.continuo.chaos.log.Course;
import io.continuo.chaos.place.Cluster;
import io.continuo.chaos.place.Doors;
import io.continuo.chaos.place.Pressure;
import io.continuo.chaos.talk.Crowd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * One scenario, played once by people who are new to the server. Blocking.
 *
 * @param folder for the logs, new
 * @param name begins everybody's name; nobody else's begins with it
 * @param seed decides on all that is random
 * @param rate messages a second
 */
public record Round(Scenario scenario, Path folder, String name, long seed, int people, int rate) {

    /**
     * Plays it.
     *
     * @return how many positions these people's histories have at the end
     * @throws IllegalStateException when it could not be played to its end
     */
    public long play(Cluster cluster) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        Course.Writer course = new Course.Writer(folder);
        Pressure pressure = new Pressure();
        Doors doors = cluster.watchDoors(course);
        try (doors;
                Crowd crowd = new Crowd(cluster.balancer().url(), folder, name, people, random)) {
            Stage stage = new Stage(cluster, crowd, random, course);
            course.admissions(cluster.resumesPerSecond());
            crowd.connect();
            crowd.talk(rate);
            Thread.sleep(Duration.ofMillis(1_000 + random.nextInt(3_000)));
            scenario.script().accept(stage);
            Thread.sleep(Duration.ofSeconds(1));
            crowd.fallSilent();
            crowd.compareWithRest();
            course.pressure(pressure.percent());
            return crowd.appended();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
