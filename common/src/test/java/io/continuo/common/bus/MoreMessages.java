package io.continuo.common.bus;

import io.continuo.common.model.Lifecycle;
import io.continuo.common.model.ReadingList;
import io.continuo.common.model.Subject;
import io.continuo.common.model.SubjectChange;
import io.continuo.common.model.SubjectId;
import io.continuo.common.model.SubjectWrite;
import java.util.List;
import java.util.stream.Stream;

/** A sample of everything that is said of subjects and of logins. */
final class MoreMessages {
    private static final SubjectId ID = new SubjectId("shop", 7);
    private static final Subject.Facts FACTS =
            new Subject.Facts(8, 1007, "van", "shop\u001fines", List.of("shop\u001fomar"), Subject.Standing.BLOCKED);
    private static final Subject.Reading READING =
            new Subject.Reading(ReadingList.COUNTERS, "odometer", 9, "{\"type\":\"odometer\"}", false);
    private static final Subject SUBJECT = new Subject(
            ID,
            9,
            FACTS,
            new Subject.Value(8, "{\"a\":\"ö\"}"),
            List.of(READING),
            Subject.Value.NONE,
            List.of(new Subject.Milestone(7, Lifecycle.BLOCK)));
    private static final SubjectWrite WRITE = new SubjectWrite(7, true, "{}", null, "{\"a\":1}");

    private MoreMessages() {}

    static Stream<BusMessage> all() {
        return Stream.of(
                new SubjectRequest.Write("shop", List.of(WRITE)),
                new SubjectRequest.Define(
                        ID,
                        true,
                        new SubjectWrite.FactsPatch(5L, "van", "ines", false, null, List.of("omar"), List.of(), true),
                        WRITE),
                new SubjectRequest.Delete(ID),
                new SubjectRequest.Get("ines", ID),
                new SubjectRequest.ListAll("ines", 10, 7L),
                new SubjectRequest.Watch("subjects.n.0", 3, List.of(ID), List.of(0L)),
                new SubjectRequest.Unwatch("subjects.n.0", 3, List.of(ID)),
                new SubjectRequest.WatchUser("ines", "subjects.n.0", 3, 5),
                new SubjectRequest.UnwatchUser("ines", "subjects.n.0", 3),
                new SubjectNews.Changed(
                        List.of(new SubjectChange(ID, 8, 9, FACTS, "{}", List.of(READING), null, Lifecycle.UNBLOCK))),
                new SubjectNews.Granted("ines", List.of(ID), List.of()),
                new LoginRequest.SetLogin("", "ines", "ines@x.test", null, true),
                new LoginRequest.DeleteLogin("ines"),
                new LoginRequest.LogIn("", "ines@x.test", "secret"),
                new LoginRequest.CheckHashes(List.of("d")),
                new LoginRequest.RenewHash("d"),
                new LoginRequest.EndHash("ines", "d"),
                new LoginRequest.CreateApiKey("ines", "fleet"),
                new LoginRequest.ListApiKeys("ines"),
                new LoginRequest.DeleteApiKey("ines", "k"),
                new Reply.LoggedIn("ines", "h"),
                new Reply.HashesFound(
                        List.of(Reply.HashFacts.NONE, new Reply.HashFacts("ines", LoginRequest.HashKind.API_KEY, 7))),
                new Reply.ApiKeyMade(new Reply.ApiKey("k", "fleet", 7), "h"),
                new Reply.ApiKeys(List.of(new Reply.ApiKey("k", "fleet", 7))),
                new Reply.SubjectFound(SUBJECT, true),
                new Reply.SubjectPage(List.of(SUBJECT, Subject.none(ID)), 2),
                new Reply.SubjectsWritten(
                        List.of(new Reply.Rejection(3, Reply.Failure.of(ErrorCode.NOT_FOUND, "There is none.")))),
                new Reply.SubjectsWatched(5, List.of(SUBJECT)),
                new Reply.SubjectsGranted(5, List.of(ID), List.of(new Reply.Departure(ID, 1007, 9))));
    }
}
