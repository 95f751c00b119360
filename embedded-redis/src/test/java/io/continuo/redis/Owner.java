package io.continuo.redis;

import java.nio.file.Path;

/** A process that owns an embedded Redis in the folder it is told, until its standard input ends. */
final class Owner {
    private Owner() {}

    public static void main(String[] args) throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(Path.of(args[0]));
        System.out.println(redis.uri());
        System.in.read();
        redis.close();
    }
}
