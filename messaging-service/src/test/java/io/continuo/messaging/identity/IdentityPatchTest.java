package io.continuo.messaging.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.continuo.common.model.Identity;
import io.continuo.common.model.IdentityChange;
import io.continuo.common.model.IdentityField;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IdentityPatchTest {

    @Property(tries = 500)
    void theDifferenceOfTwoProfilesMakesOneOfTheOther(
            @ForAll("identities") Identity before, @ForAll("identities") Identity after) {
        List<IdentityChange> changes = IdentityPatch.difference(before, after);
        assertThat(IdentityPatch.apply(before, changes)).contains(after);
        assertThat(IdentityPatch.difference(after, after)).isEmpty();
    }

    @Property(tries = 200)
    void aChangeIsReadAsItWasWritten(@ForAll("identities") Identity before, @ForAll("identities") Identity after) {
        List<IdentityChange> changes = IdentityPatch.difference(before, after);
        assertThat(IdentitySteps.read(IdentitySteps.text(changes))).isEqualTo(changes);
    }

    @Example
    void aPathThroughTextIsRefused() {
        Identity identity = Identity.of("ines").with(Map.of("a", "text"));
        assertThat(IdentityPatch.apply(
                        identity, List.of(new IdentityChange.SetProfileMetadata(List.of("a", "b"), "c"))))
                .isEmpty();
    }

    @Provide
    Arbitrary<Identity> identities() {
        Arbitrary<String> texts = Arbitraries.of("", "a", "b");
        return Combinators.combine(texts, texts, Arbitraries.of("user", "bot"), trees(3))
                .as((name, phone, type, metadata) -> Identity.of("ines")
                        .with(IdentityField.DISPLAY_NAME, name)
                        .with(IdentityField.PHONE_NUMBER, phone)
                        .with(IdentityField.TYPE, type)
                        .with(metadata));
    }

    private static Arbitrary<Map<String, Object>> trees(int depth) {
        Arbitrary<Object> text = Arbitraries.of("x", "y").map(Object.class::cast);
        Arbitrary<Object> values =
                depth == 0 ? text : Arbitraries.oneOf(text, trees(depth - 1).map(Object.class::cast));
        return Arbitraries.maps(Arbitraries.of("a", "b", "c.d"), values).ofMaxSize(3);
    }
}
