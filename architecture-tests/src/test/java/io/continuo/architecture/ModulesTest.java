package io.continuo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ModulesTest {
    private static final JavaClasses CONTINUO = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.continuo");

    private static final String COMMON = "io.continuo.common..";
    private static final String GATEWAY = "io.continuo.gateway..";
    private static final String MESSAGING = "io.continuo.messaging..";
    private static final String PRESENCE = "io.continuo.presence..";
    private static final String STANDALONE = "io.continuo.standalone..";

    @Test
    void allModulesAreSeen() {
        for (String module : new String[] {"common", "gateway", "messaging", "presence", "standalone", "redis"}) {
            assertThat(CONTINUO.stream().anyMatch(type -> type.getPackageName().startsWith("io.continuo." + module)))
                    .as(module)
                    .isTrue();
        }
    }

    @Test
    void dependenciesPointOneWay() {
        check(noClasses()
                .that()
                .resideInAPackage(COMMON)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, MESSAGING, PRESENCE, STANDALONE));
        check(noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MESSAGING, PRESENCE, STANDALONE));
        check(noClasses()
                .that()
                .resideInAPackage(MESSAGING)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, PRESENCE, STANDALONE));
        check(noClasses()
                .that()
                .resideInAPackage(PRESENCE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, MESSAGING, STANDALONE));
    }

    /** Calling the receivers of webhooks is an edge of its own. */
    @Test
    void servicesNeverSeeASocket() {
        check(noClasses()
                .that()
                .resideInAnyPackage(MESSAGING, PRESENCE)
                .and()
                .resideOutsideOfPackage("io.continuo.messaging.webhook.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web.."));
    }

    @Test
    void theGatewayNeverTouchesRedis() {
        check(noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.redis..", "io.continuo.common.redis.."));
    }

    /** The admin port is an edge of its own. */
    @Test
    void jsonStaysAtTheEdge() {
        check(noClasses()
                .that()
                .resideInAnyPackage(COMMON, MESSAGING, PRESENCE)
                .and()
                .resideOutsideOfPackage("io.continuo.common.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx.core.json.."));
    }

    @Test
    void featuresOfTheGatewayDoNotGoInCircles() {
        check(slices().matching("io.continuo.gateway.(*)..").should().beFreeOfCycles());
    }

    @Test
    void nothingStaticCanChange() {
        check(fields().that().areStatic().should().haveModifier(JavaModifier.FINAL));
    }

    private static void check(ArchRule rule) {
        rule.check(CONTINUO);
    }
}
