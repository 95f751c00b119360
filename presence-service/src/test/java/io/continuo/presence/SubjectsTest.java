package io.continuo.presence;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.continuo.common.bus.ErrorCode;
import io.continuo.common.bus.Partitions;
import io.continuo.common.bus.Reply;
import io.continuo.common.bus.ServiceClient;
import io.continuo.common.bus.SubjectNews;
import io.continuo.common.bus.SubjectRequest;
import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.Subject;
import io.continuo.common.model.Subject.Standing;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import io.continuo.common.model.SubjectWrite.FactsPatch;
import io.continuo.common.model.UserId;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subjects as the service keeps them; Ines owns the van, a loop watches. */
class SubjectsTest {
    private static final SubjectId VAN = new SubjectId("", 7);
    private static final String LOOP = "subjects.g1.0";
    private static final String BACKEND = UserId.backend("");

    private final Stage stage = new Stage();
    private final ServiceClient services = new ServiceClient(stage.vertx(), new Partitions(64));
    private final BlockingQueue<SubjectNews> news = new LinkedBlockingQueue<>();
    private final BlockingQueue<SubjectChange> changes = new LinkedBlockingQueue<>();
    private @Nullable MessageConsumer<SubjectNews> loop;

    @BeforeEach
    void start() {
        Stage.await(stage.vertx().deployVerticle(new PresenceVerticle(stage.settings())));
        loop = stage.vertx().eventBus().consumer(LOOP, message -> {
            if (message.body() instanceof SubjectNews.Changed changed) {
                changes.addAll(changed.changes());
            }
            news.add(message.body());
            message.reply(Reply.Done.INSTANCE);
        });
        Stage.await(loop.completion());
        define(owned("ines"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void keepsTheLastValueOfEachKind() {
        write(values(
                "{\"speed\":1,\"gps\":{\"alt\":2.50,\"heading\":3}}",
                "{\"counters\":[{\"type\":\"odo\",\"value\":5,\"unit\":\"km\"}]}"));
        write(values(
                "{\"gps\":{\"alt\":null,\"speed\":12345678901234567890},\"gsm\":{\"a\":[]}}",
                "{\"counters\":[{\"type\":\"odo\",\"value\":6}]}"));
        Subject van = get();
        assertThat(van.state().json())
                .isEqualTo("{\"speed\":1,\"gps\":{\"heading\":3,\"speed\":12345678901234567890},\"gsm\":{\"a\":[]}}");
        assertThat(van.readings())
                .singleElement()
                .extracting(Subject.Reading::json)
                .isEqualTo("{\"type\":\"odo\",\"value\":6,\"unit\":\"km\"}");
        assertThat(van.version()).isEqualTo(van.state().version());
    }

    @Test
    void replacesAValueWholeAndTellsWhichReadingsAreGone() {
        write(values("{\"a\":1}", "{\"states\":[{\"field\":\"x\",\"value\":1},{\"field\":\"y\",\"value\":1}]}"));
        watch(0);
        write(new SubjectWrite(7, true, "{\"b\":null}", "{\"states\":[{\"field\":\"y\",\"value\":2}]}", null));
        SubjectChange change = nextChange();
        assertThat(change.state()).isEqualTo("{\"b\":null}");
        assertThat(change.readings())
                .extracting(Subject.Reading::key, Subject.Reading::gone, Subject.Reading::json)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("y", false, "{\"field\":\"y\",\"value\":2}"),
                        org.assertj.core.groups.Tuple.tuple("x", true, "{\"field\":\"x\",\"value\":null}"));
    }

    @Test
    void keepsTheNewestTwelveValuesOfEachAttribute() {
        for (int i = 1; i <= 14; i++) {
            String values = i == 13 ? "{}" : "{\"a/b\":" + i + "}";
            write(new SubjectWrite(
                    7,
                    false,
                    null,
                    null,
                    "{\"msg_time\":\"m" + i + "\",\"srv_time\":\"s\",\"values\":" + values + "}"));
        }
        String iot = get().iot().json();
        assertThat(iot)
                .startsWith(
                        "{\"nonnull_fields\":{\"a/b\":[{\"value\":14,\"msg_time\":\"m14\",\"srv_time\":\"s\"},{\"value\":12,")
                .contains(
                        "\"all_fields\":{\"a/b\":[{\"value\":14,\"msg_time\":\"m14\",\"srv_time\":\"s\"},{\"value\":null,")
                .doesNotContain("\"value\":1,")
                .contains("\"value\":2,");
        assertThat(iot.split("all_fields")[1]).doesNotContain("\"value\":2,").contains("\"value\":3,");
    }

    @Test
    void refusesOnlyWhatItCannotWrite() {
        assertThat(write(
                        values("{\"a\":1}", null),
                        new SubjectWrite(8, false, "{}", null, null),
                        values("{\"b\":2}", null)))
                .singleElement()
                .satisfies(rejection -> {
                    assertThat(rejection.place()).isEqualTo(1);
                    assertThat(rejection.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
                });
        assertThat(get().state().json()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void changesFormAChainFromVersionToVersion() {
        long known = watch(0).getFirst().version();
        write(values("{\"a\":1}", null));
        write(values("{\"a\":2}", null));
        define(new FactsPatch(null, null, null, false, null, List.of(), List.of(), true));
        SubjectChange first = nextChange();
        SubjectChange second = nextChange();
        SubjectChange third = nextChange();
        assertThat(first.base()).isEqualTo(known);
        assertThat(second.base()).isEqualTo(first.version());
        assertThat(third.base()).isEqualTo(second.version());
        assertThat(third.lifecycle()).isEqualTo(Lifecycle.BLOCK);
        assertThat(Objects.requireNonNull(third.facts()).standing()).isEqualTo(Standing.BLOCKED);
    }

    @Test
    void losesNoChangeWhenManyWriteToOneSubjectAtOnce() {
        List<io.vertx.core.Future<Reply>> answers = LongStream.range(0, 40)
                .mapToObj(i -> services.ask(new SubjectRequest.Write("", List.of(values("{\"f" + i + "\":1}", null)))))
                .toList();
        answers.forEach(answer -> assertThat(((Reply.SubjectsWritten) Stage.await(answer)).rejections())
                .isEmpty());
        assertThat(get().state().json().split(":")).hasSize(41);
    }

    @Test
    void answersAWatchOnlyWithWhatIsNotAsKnown() {
        Subject van = watch(0).getFirst();
        assertThat(watch(van.version())).isEmpty();
        write(values("{\"a\":1}", null));
        assertThat(watch(van.version()))
                .singleElement()
                .satisfies(now -> assertThat(now.state().json()).isEqualTo("{\"a\":1}"));
    }

    @Test
    void aWatchEndsUnlessItWasRenewed() {
        watch(0);
        ask(new SubjectRequest.Unwatch(LOOP, 0, List.of(VAN)));
        write(values("{\"a\":1}", null));
        assertThat(nextChange().state()).isEqualTo("{\"a\":1}");
        ask(new SubjectRequest.Unwatch(LOOP, 1, List.of(VAN)));
        write(values("{\"a\":2}", null));
        assertThat(watch(0)).hasSize(1);
        write(values("{\"a\":3}", null));
        assertThat(nextChange().state()).isEqualTo("{\"a\":3}");
    }

    @Test
    void forgetsALoopThatIsGone() {
        watch(0);
        Stage.await(Objects.requireNonNull(loop).unregister());
        write(values("{\"a\":1}", null));
        await().atMost(5, SECONDS).untilAsserted(() -> assertThat(loops()).isEmpty());
    }

    @Test
    void aUserMayLookAtWhatIsTheirsOrSharedWithThem() {
        assertThat(ask(new SubjectRequest.Get("omar", VAN))).isInstanceOf(Reply.Failure.class);
        define(share("omar"));
        assertThat(ask(new SubjectRequest.Get("omar", VAN))).isInstanceOf(Reply.SubjectFound.class);
        assertThat(granted("omar", 0).subjects()).containsExactly(VAN);
        assertThat(((Reply.SubjectPage) ask(new SubjectRequest.ListAll("omar", 10, null))).subjects())
                .hasSize(1);
    }

    @Test
    void tellsWhoWantsToKnowWhatAUserMaySeeNow() {
        granted("omar", 0);
        define(share("omar"));
        assertThat(nextGrant().joined()).containsExactly(VAN);
        define(new FactsPatch(null, null, null, false, List.of(), List.of(), List.of(), null));
        assertThat(nextGrant().left()).containsExactly(VAN);
        assertThat(granted("omar", 1).left())
                .extracting(Reply.Departure::sourceId)
                .containsExactly(1007L);
        assertThat(granted("omar", Long.MAX_VALUE / 1_000).left()).isEmpty();
    }

    @Test
    void endsASubjectForAllAndLetsItBeginAnew() {
        watch(0);
        write(values("{\"a\":1}", null));
        nextChange();
        assertThat(ask(new SubjectRequest.Delete(VAN))).isEqualTo(Reply.Done.INSTANCE);
        assertThat(nextChange().lifecycle()).isEqualTo(Lifecycle.CORRUPT);
        assertThat(ask(new SubjectRequest.Get(BACKEND, VAN))).isInstanceOf(Reply.Failure.class);
        assertThat(ask(new SubjectRequest.Delete(VAN))).isInstanceOf(Reply.Failure.class);
        assertThat(granted("ines", 0).subjects()).isEmpty();
        long ended = watch(0).getFirst().version();

        Reply.SubjectFound again = define(owned("omar"));
        assertThat(again.created()).isTrue();
        assertThat(again.subject().version()).isGreaterThan(ended);
        assertThat(again.subject().state()).isEqualTo(Subject.Value.NONE);
        assertThat(granted("omar", 0).subjects()).containsExactly(VAN);
    }

    @Test
    void listsAllSubjectsOfAnAppNewestFirst() {
        define(new SubjectId("", 8), owned("omar"));
        define(new SubjectId("other", 9), owned("other\u001fzoe"));
        Reply.SubjectPage first = (Reply.SubjectPage) ask(new SubjectRequest.ListAll(BACKEND, 1, null));
        assertThat(first.total()).isEqualTo(2);
        assertThat(first.subjects()).extracting(subject -> subject.id().id()).containsExactly(8L);
        Reply.SubjectPage second = (Reply.SubjectPage) ask(new SubjectRequest.ListAll(BACKEND, 1, 8L));
        assertThat(second.subjects()).extracting(subject -> subject.id().id()).containsExactly(7L);
    }

    private static FactsPatch owned(String owner) {
        return new FactsPatch(1007L, "van", owner, false, List.of(), List.of(), List.of(), null);
    }

    private static FactsPatch share(String user) {
        return new FactsPatch(null, null, null, false, null, List.of(user), List.of(), null);
    }

    private static SubjectWrite values(@Nullable String state, @Nullable String readings) {
        return new SubjectWrite(7, false, state, readings, null);
    }

    private Reply.SubjectFound define(FactsPatch facts) {
        return define(VAN, facts);
    }

    private Reply.SubjectFound define(SubjectId subject, FactsPatch facts) {
        return (Reply.SubjectFound) ask(new SubjectRequest.Define(subject, true, facts, null));
    }

    private List<Reply.Rejection> write(SubjectWrite... writes) {
        return ((Reply.SubjectsWritten) ask(new SubjectRequest.Write("", List.of(writes)))).rejections();
    }

    private Subject get() {
        return ((Reply.SubjectFound) ask(new SubjectRequest.Get("ines", VAN))).subject();
    }

    private List<Subject> watch(long known) {
        return ((Reply.SubjectsWatched) ask(new SubjectRequest.Watch(LOOP, 1, List.of(VAN), List.of(known))))
                .subjects();
    }

    private List<String> loops() {
        return stage.with(link -> link.send(io.vertx.redis.client.Request.cmd(io.vertx.redis.client.Command.HMGET)
                        .arg(io.continuo.common.redis.Keys.subject(VAN))
                        .arg("loops"))
                .map(found -> found.get(0) == null
                        ? List.<String>of()
                        : List.of(found.get(0).toString())));
    }

    private Reply.SubjectsGranted granted(String user, long since) {
        return (Reply.SubjectsGranted) ask(new SubjectRequest.WatchUser(user, LOOP, 1, since));
    }

    private Reply ask(SubjectRequest request) {
        return Stage.await(services.ask(request));
    }

    private SubjectChange nextChange() {
        return await().atMost(5, SECONDS).until(changes::poll, Objects::nonNull);
    }

    private SubjectNews.Granted nextGrant() {
        return (SubjectNews.Granted) await().atMost(5, SECONDS).until(this::pollGrant, Objects::nonNull);
    }

    private @Nullable SubjectNews pollGrant() {
        SubjectNews next = news.poll();
        return next instanceof SubjectNews.Granted ? next : null;
    }
}
