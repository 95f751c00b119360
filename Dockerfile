# All roles in one image: docker run … gateway | messaging-service | presence-service, or nothing for the one process.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG BASE_IMAGE=debian:13-slim

FROM ${JDK_IMAGE} AS build
# A runtime of just what Continuo uses, and what one wants when something is odd: jcmd and flight recordings.
RUN jlink --output /runtime --strip-debug --no-header-files --no-man-pages --compress zip-9 --add-modules \
    java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported
WORKDIR /src
COPY . .
# Everything but what only tests need; and of the Redis that the one process brings along, only that for Linux.
RUN --mount=type=cache,target=/root/.m2 \
    sed -i '/<module>\(compat-tests\|chaos-tests\|architecture-tests\)<\/module>/d' pom.xml \
 && ./mvnw -B -q -ntp -Pquick -pl standalone,load-tests -am package -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true \
 && mkdir /app && cp -r standalone/target/continuo-standalone.jar standalone/target/lib /app/ \
 && cp load-tests/target/continuo-load-tests-*.jar /app/load.jar \
 && mkdir /tmp/redis && cd /tmp/redis && jar -xf /app/lib/embedded-redis-*.jar \
 && find . -name 'redis-server*' ! -name '*linux*' -delete && jar -cf /app/lib/embedded-redis-*.jar .

FROM ${BASE_IMAGE}
COPY --from=build /runtime /opt/java
COPY --from=build /app /app
COPY --chmod=755 deploy/continuo /usr/local/bin/continuo
ENV PATH=/opt/java/bin:$PATH
# A rehearsal writes down which classes all roles use, so that starting them takes a third of the time.
RUN groupadd --system --gid 10001 continuo \
 && useradd --system --uid 10001 --gid continuo --no-create-home --home-dir /data continuo \
 && install -d -o continuo -g continuo /app /data \
 && cd /data && setpriv --reuid=10001 --regid=10001 --clear-groups continuo rehearsal \
 && rm -rf /data/* /tmp/*
USER continuo
WORKDIR /data
ENV CONTINUO_HOST=0.0.0.0 \
    CONTINUO_CLUSTER_HOST=auto \
    CONTINUO_DATA_DIR=/data \
    CONTINUO_LOG_FORMAT=json
EXPOSE 8080 9090 5701
VOLUME /data
ENTRYPOINT ["continuo"]
