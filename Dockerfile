# All roles in one image: docker run … gateway | messaging-service | presence-service, or nothing for the one process.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG JRE_IMAGE=eclipse-temurin:25-jre

FROM ${JDK_IMAGE} AS build
WORKDIR /src
COPY . .
# Everything but what only tests need.
RUN --mount=type=cache,target=/root/.m2 \
    sed -i '/<module>\(compat-tests\|architecture-tests\)<\/module>/d' pom.xml \
 && ./mvnw -B -q -ntp -pl standalone,load-tests -am package -Dmaven.test.skip=true -Djacoco.skip=true -Dspotless.check.skip=true \
 && mkdir /app && cp -r standalone/target/continuo-standalone.jar standalone/target/lib /app/ \
 && cp load-tests/target/continuo-load-tests-*.jar /app/load.jar

FROM ${JRE_IMAGE}
RUN groupadd --system --gid 10001 continuo \
 && useradd --system --uid 10001 --gid continuo --no-create-home --home-dir /data continuo \
 && install -d -o continuo -g continuo /app /data
COPY --from=build /app /app
COPY --chmod=755 deploy/continuo /usr/local/bin/continuo
USER continuo
WORKDIR /data
# A rehearsal writes down which classes all roles use, so that starting them takes a third of the time.
RUN continuo rehearsal && rm -rf /data/*
ENV CONTINUO_HOST=0.0.0.0 \
    CONTINUO_CLUSTER_HOST=auto \
    CONTINUO_DATA_DIR=/data \
    CONTINUO_LOG_FORMAT=json
EXPOSE 8080 9090 5701
VOLUME /data
ENTRYPOINT ["continuo"]
