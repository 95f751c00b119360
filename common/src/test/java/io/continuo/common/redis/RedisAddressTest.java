package io.continuo.common.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.redis.RedisAddress.Access;
import io.continuo.common.redis.RedisAddress.HostPort;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisAddressTest {

    @Test
    void isOneServerOrSentinelsOrACluster() {
        assertThat(RedisAddress.parse("rediss://user:pass@host:1/2"))
                .isEqualTo(new RedisAddress.Server("rediss://user:pass@host:1/2"));
        assertThat(RedisAddress.parse("redis-sentinel://:hush@a,b:7/main"))
                .isEqualTo(new RedisAddress.Sentinels(
                        List.of(new HostPort("a", 26_379), new HostPort("b", 7)),
                        "main",
                        new Access("redis", ":hush@")));
        assertThat(RedisAddress.parse("rediss-cluster://[::1]:7,b"))
                .isEqualTo(new RedisAddress.Cluster(
                        List.of(new HostPort("[::1]", 7), new HostPort("b", 6_379)), new Access("rediss", "")));
    }

    @Test
    void sendsTheLoginToServersOnly() {
        Access access = new Access("rediss", "user:hush@");
        HostPort server = HostPort.of("::1", 6_379);
        assertThat(access.uri(server)).isEqualTo("rediss://user:hush@[::1]:6379");
        assertThat(access.plainUri(server)).isEqualTo("rediss://[::1]:6379");
    }
}
