# All roles in one image: docker run … gateway | messaging-service | presence-service, or nothing for the one process.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG DEBIAN_IMAGE=debian:13-slim

FROM ${JDK_IMAGE} AS build
# A runtime of just what Continuo uses, and what one wants when something is odd: jcmd and flight recordings.
RUN jlink --output /runtime --strip-debug --no-header-files --no-man-pages --compress zip-9 --add-modules \
    java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported
WORKDIR /src
COPY . .
# Everything but what only tests need; and of the Redis that the one process brings along, only that for this processor.
RUN --mount=type=cache,target=/root/.m2 \
    sed -i '/<module>\(compat-tests\|chaos-tests\|architecture-tests\)<\/module>/d' pom.xml \
 && ./mvnw -B -q -ntp -Pquick -pl standalone,load-tests -am package -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true \
 && mkdir /app && cp -r standalone/target/continuo-standalone.jar standalone/target/lib /app/ \
 && cp load-tests/target/continuo-load-tests-*.jar /app/load.jar \
 && case $(uname -m) in aarch64) processor=arm64 ;; *) processor=amd64 ;; esac \
 && mkdir /tmp/redis && cd /tmp/redis && jar -xf /app/lib/embedded-redis-*.jar \
 && find . -name 'redis-server*' ! -name "*linux-$processor" -delete && jar -cf /app/lib/embedded-redis-*.jar .

FROM ${DEBIAN_IMAGE} AS debian
# Of Debian only the C and C++ libraries, OpenSSL for that Redis, and a shell with the usual tools; and their list, for scanners.
RUN packages='base-files bash coreutils dash grep libacl1 libattr1 libc-bin libc6 libcap2 libgcc-s1 libgmp10 libpcre2-8-0 libselinux1 libssl3t64 libstdc++6 libtinfo6 libzstd1 zlib1g' \
 && mkdir -p /slim/var/lib/dpkg && dpkg -s $packages >/slim/var/lib/dpkg/status \
 && for package in $packages; do \
      dpkg -L "$package" | grep -v '^/usr/share/\(doc\|info\|lintian\|locale\|man\)/'; \
      echo "/usr/share/doc/$package/copyright"; \
    done | sort -u | tar -c --no-recursion --ignore-failed-read -T - | tar -x -C /slim \
 && cp -a /bin /lib /lib64 /sbin /slim/ && cp /etc/nsswitch.conf /slim/etc/ \
 && echo 'root:x:0:0::/root:/bin/bash' >/slim/etc/passwd && echo 'root:x:0:' >/slim/etc/group \
 && echo 'continuo:x:10001:10001::/data:/bin/bash' >>/slim/etc/passwd && echo 'continuo:x:10001:' >>/slim/etc/group \
 && install -d -o 10001 -g 10001 /slim/data

FROM scratch AS cold
COPY --from=debian /slim /
COPY --from=build /runtime /opt/java
COPY --from=build /app /app
COPY --chmod=755 deploy/continuo /usr/local/bin/continuo
ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin \
    CONTINUO_HOST=0.0.0.0 \
    CONTINUO_CLUSTER_HOST=auto \
    CONTINUO_DATA_DIR=/data \
    CONTINUO_LOG_FORMAT=json
WORKDIR /data

# A rehearsal writes down which classes all roles use, so that starting them takes half of the time.
FROM cold AS warm
RUN continuo rehearsal

FROM cold
COPY --from=warm /app/continuo.aot /app/
USER continuo
EXPOSE 8080 9090 5701
VOLUME /data
ENTRYPOINT ["continuo"]
HEALTHCHECK --interval=5s --timeout=3s --retries=3 --start-period=60s --start-interval=1s CMD ["continuo", "healthy"]
