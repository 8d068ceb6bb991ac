package dev.monarch;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.CacheMode;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The dependencies between packages, as each package-info describes them. */
@AnalyzeClasses(
        packages = "dev.monarch",
        importOptions = ImportOption.DoNotIncludeTests.class,
        cacheMode = CacheMode.PER_CLASS)
class ArchitectureTests {

    private static final String[] JAVA = {"java..", "org.jspecify.."};

    /** This type of the JDK is not in every JDK: it writes files with direct I/O. */
    private static final String PAST_THE_CACHE = "com.sun.nio.file";

    private static final String[] DRIVER = {"com.mongodb..", "org.bson..", "org.slf4j.."};

    /** Optional. {@code CompressLibrary} checks first whether it is there. */
    private static final String[] COMPRESS = {"org.apache.commons.compress..", "org.apache.commons.io.."};

    private static final String SPRING = "org.springframework..";

    private static final DescribedPredicate<JavaAccess<?>> READS_A_WALL_CLOCK = target(
                    owner(assignableTo(InstantSource.class)
                            .or(resideInAPackage("java.time.."))
                            .or(assignableTo(System.class))
                            .or(assignableTo(Calendar.class))))
            .and(target(nameMatching("now|instant|millis|currentTimeMillis|getInstance")))
            .as("a wall clock is read");

    @ArchTest
    static final ArchRule springBootStaysOutside =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..");

    @ArchTest
    static final ArchRule exceptionsDependOnNothing = mayUse("dev.monarch", JAVA);

    @ArchTest
    static final ArchRule commandsKnowTheDriver = mayUse("dev.monarch.server", JAVA, DRIVER);

    @ArchTest
    static final ArchRule environmentsKnowTheDriver =
            mayUse("dev.monarch.environment", JAVA, DRIVER, new String[] {"dev.monarch.server"});

    @ArchTest
    static final ArchRule theLockKnowsEnvironments =
            mayUse("dev.monarch.lock", JAVA, DRIVER, new String[] {"dev.monarch.environment", "dev.monarch.server"});

    @ArchTest
    static final ArchRule theHistoryKnowsTheLock = mayUse("dev.monarch.history", JAVA, DRIVER, new String[] {
        "dev.monarch.environment", "dev.monarch.lock", "dev.monarch.server"
    });

    @ArchTest
    static final ArchRule theSearchForBeansKnowsSpring = mayUse("dev.monarch.bean", JAVA, new String[] {SPRING});

    @ArchTest
    static final ArchRule migrationsKnowTheHistory = mayUse("dev.monarch.migration", JAVA, DRIVER, new String[] {
        "dev.monarch.environment",
        "dev.monarch.lock",
        "dev.monarch.history",
        "dev.monarch.server",
        "dev.monarch.backfill",
        "dev.monarch.bean",
        SPRING
    });

    @ArchTest
    static final ArchRule backfillsKnowTheHistory = mayUse("dev.monarch.backfill", JAVA, DRIVER, new String[] {
        "dev.monarch.bean",
        "dev.monarch.environment",
        "dev.monarch.lock",
        "dev.monarch.history",
        "dev.monarch.original",
        "dev.monarch.server",
        "dev.monarch.transfer",
        SPRING
    });

    @ArchTest
    static final ArchRule originalsKnowTheDriver = mayUse("dev.monarch.original", JAVA, DRIVER, new String[] {
        "dev.monarch.environment", "dev.monarch.server", "dev.monarch.transfer"
    });

    @ArchTest
    static final ArchRule thePumpKnowsTheDriver = mayUse("dev.monarch.transfer", JAVA, DRIVER, new String[] {
        "dev.monarch.environment", "dev.monarch.history", "dev.monarch.server", SPRING
    });

    @ArchTest
    static final ArchRule querySetsKnowThePumpAndSpringData =
            mayUse("dev.monarch.queryset", JAVA, DRIVER, new String[] {
                "dev.monarch.environment", "dev.monarch.masking", "dev.monarch.server", "dev.monarch.transfer", SPRING
            });

    @ArchTest
    static final ArchRule masksKnowThePump =
            mayUse("dev.monarch.masking", JAVA, new String[] {"javax.crypto..", "org.bson..", "dev.monarch.transfer"});

    @ArchTest
    static final ArchRule archivesKnowThePump = mayUse("dev.monarch.archive", JAVA, DRIVER, new String[] {
        "dev.monarch.transfer", "com.github.luben..", "com.sun.management.."
    });

    @ArchTest
    static final ArchRule dumpsKnowArchives =
            mayUse("dev.monarch.dump", JAVA, COMPRESS, new String[] {"dev.monarch.archive", "dev.monarch.transfer"});

    @ArchTest
    static final ArchRule targetsKnowThePumpAndTheLock = mayUse("dev.monarch.replacement", JAVA, DRIVER, new String[] {
        "dev.monarch.environment",
        "dev.monarch.lock",
        "dev.monarch.history",
        "dev.monarch.server",
        "dev.monarch.transfer"
    });

    @ArchTest
    static final ArchRule backupsKnowArchivesStagingAndTheLock =
            mayUse("dev.monarch.backup", JAVA, DRIVER, new String[] {
                "dev.monarch.archive",
                "dev.monarch.dump",
                "dev.monarch.environment",
                "dev.monarch.lock",
                "dev.monarch.masking",
                "dev.monarch.history",
                "dev.monarch.queryset",
                "dev.monarch.server",
                "dev.monarch.replacement",
                "dev.monarch.transfer",
                PAST_THE_CACHE
            });

    @ArchTest
    static final ArchRule copiesKnowQuerySetsStagingAndTheLock = mayUse("dev.monarch.copy", JAVA, DRIVER, new String[] {
        "dev.monarch.environment",
        "dev.monarch.lock",
        "dev.monarch.history",
        "dev.monarch.queryset",
        "dev.monarch.server",
        "dev.monarch.replacement",
        "dev.monarch.transfer",
        SPRING
    });

    @ArchTest
    static final ArchRule retentionKnowsBackupsAndTheLock =
            mayUse("dev.monarch.backup.retention", JAVA, DRIVER, new String[] {
                "dev.monarch.backup", "dev.monarch.environment", "dev.monarch.lock", "dev.monarch.server"
            });

    @ArchTest
    static final ArchRule schedulesKnowBackupsAndTheLock =
            mayUse("dev.monarch.backup.schedule", JAVA, DRIVER, new String[] {
                "dev.monarch.backup",
                "dev.monarch.backup.retention",
                "dev.monarch.environment",
                "dev.monarch.lock",
                "dev.monarch.queryset",
                "dev.monarch.server",
                "dev.monarch.transfer"
            });

    @ArchTest
    static final ArchRule rehearsalsKnowCopiesAndMigrations =
            mayUse("dev.monarch.rehearsal", JAVA, DRIVER, new String[] {
                "dev.monarch.copy",
                "dev.monarch.environment",
                "dev.monarch.migration",
                "dev.monarch.queryset",
                "dev.monarch.server",
                "dev.monarch.replacement",
                "dev.monarch.transfer"
            });

    @ArchTest
    static final ArchRule versionsKnowBackfills = mayUse("dev.monarch.version", JAVA, DRIVER, new String[] {
        "dev.monarch.backfill",
        "dev.monarch.bean",
        "dev.monarch.environment",
        "dev.monarch.lock",
        "dev.monarch.original",
        "dev.monarch.server",
        "dev.monarch.transfer",
        SPRING
    });

    @ArchTest
    static final ArchRule noCycles =
            slices().assignedFrom(new Subjects()).should().beFreeOfCycles();

    /** A user imports only the API, so the API must not require a type of the engine. */
    @ArchTest
    static final ArchRule noSignatureOfTheApiNamesATypeOfTheEngine = members()
            .that(describe("are public or protected", ArchitectureTests::isVisible))
            .and()
            .areDeclaredInClassesThat(resideOutsideOfPackages("dev.monarch.engine..", "dev.monarch.test..")
                    .and(modifier(PUBLIC)))
            .should(nameNoTypeOf("dev.monarch.engine"));

    /** An injected clock is a wall clock, too. */
    @ArchTest
    static final ArchRule noWallClockDecidesAnything = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.monarch.engine.lock..",
                    "dev.monarch.engine.history..",
                    "dev.monarch.engine.migration..",
                    "dev.monarch.migration..")
            .should()
            .accessTargetWhere(READS_A_WALL_CLOCK)
            .orShould()
            .callConstructor(Date.class);

    /** These classes only read, or check the whole answer themselves. Commands that write use {@code ServerCommand}. */
    @ArchTest
    static final ArchRule answersOfWritesAreReadInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.monarch.test..")
            .and()
            .haveNameNotMatching(
                    ".*\\.(ServerCommand|Privileges|Deployment|DatabaseOutline|SourceServer|ListedIndex|PlainInserts"
                            + "|TargetProblems|TargetShards|OpenFiles|EnvironmentOrigin|ExpectedSizes|ServerParameter)")
            .should()
            .accessTargetWhere(target(nameMatching("runCommand")));

    @ArchTest
    static final ArchRule namesSaySomething =
            classes().should().haveNameNotMatching(".*(Utils?|Helper|Manager|Impl|Data|Info)$");

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
    }

    private static ArchCondition<JavaMember> nameNoTypeOf(String root) {
        return new ArchCondition<>("name no type of " + root) {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                member.getAllInvolvedRawTypes().stream()
                        .filter(type -> type.getPackageName().startsWith(root))
                        .map(type -> member.getFullName() + " names " + type.getName())
                        .forEach(message -> events.add(SimpleConditionEvent.violated(member, message)));
            }
        };
    }

    /** A subject is its API and its engine: {@code dev.monarch.backup} and {@code dev.monarch.engine.backup}. */
    private static ArchRule mayUse(String subject, String[]... allowed) {
        String[] packages = Stream.concat(
                        Stream.of("dev.monarch", subject),
                        Arrays.stream(allowed).flatMap(Arrays::stream))
                .flatMap(name -> Stream.of(name, engine(name)))
                .distinct()
                .toArray(String[]::new);
        return classes()
                .that(resideInAnyPackage(subject, engine(subject)))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages)
                .as(subject + " knows only " + String.join(", ", packages));
    }

    private static String engine(String subject) {
        if (subject.equals("dev.monarch.replacement")) {
            return "dev.monarch.engine.staging";
        }
        if (subject.equals("dev.monarch")) {
            return "dev.monarch.engine";
        }
        return subject.startsWith("dev.monarch.")
                ? "dev.monarch.engine" + subject.substring("dev.monarch".length())
                : subject;
    }

    /** The API and the engine of one subject are one slice. */
    private static final class Subjects implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals("dev.monarch") || !name.startsWith("dev.monarch.")
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(name.replace("dev.monarch.engine.staging", "dev.monarch.replacement")
                            .replace("dev.monarch.engine.", "dev.monarch."));
        }

        @Override
        public String getDescription() {
            return "subjects, each with its API and its engine";
        }
    }
}
