package dev.monarch.spring.boot.command;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

import dev.monarch.spring.boot.actuate.ActuatorProperties;
import dev.monarch.spring.boot.autoconfigure.BackfillProperties;
import dev.monarch.spring.boot.autoconfigure.BackupProperties;
import dev.monarch.spring.boot.autoconfigure.EnvironmentProperties;
import dev.monarch.spring.boot.autoconfigure.LockProperties;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;
import dev.monarch.spring.boot.autoconfigure.MonarchProperties;
import dev.monarch.spring.boot.autoconfigure.RetentionProperties;
import dev.monarch.spring.boot.autoconfigure.ScheduleProperties;
import dev.monarch.spring.boot.autoconfigure.TransferProperties;
import dev.monarch.spring.boot.autoconfigure.VersionProperties;
import dev.monarch.spring.boot.command.shelter.ShelterApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

/** What ahead-of-time processing of an application registers for a native image. */
class AheadOfTimeHintsTests {

    private static final RuntimeHints HINTS = new RuntimeHints();

    @BeforeAll
    static void process() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test", Map.of("management.endpoints.web.exposure.include", "monarch")));
            context.register(ShelterApplication.class, VersionedKennel.class);
            new ApplicationContextAotGenerator()
                    .processAheadOfTime(
                            context,
                            new DefaultGenerationContext(
                                    new ClassNameGenerator(ClassName.get(ShelterApplication.class)),
                                    new InMemoryGeneratedFiles(),
                                    HINTS));
        }
    }

    static Stream<CommandLine> verbs() {
        return Stream.concat(MonarchLine.get().getSubcommands().values().stream(), Stream.of(adopt()));
    }

    private static CommandLine adopt() {
        return Objects.requireNonNull(Verbs.of(
                        MonarchLine.session(),
                        new ApplicationClass(ShelterApplication.class),
                        OwnVerbs.of(new SpringApplication(ShelterApplication.class)))
                .getSubcommands()
                .get("adopt"));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void picocliCanCreateAndSetEveryPartOfAVerb(CommandLine verb) {
        CommandSpec spec = verb.getCommandSpec();
        Stream.concat(
                        Stream.of(spec.userObject()),
                        spec.mixins().values().stream().map(CommandSpec::userObject))
                .map(Object::getClass)
                .forEach(type -> assertThat(reflection()
                                .onType(type)
                                .withMemberCategories(
                                        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.UNSAFE_ALLOCATED))
                        .as(type.getName())
                        .accepts(HINTS));
        assertThat(spec.args())
                .extracting(ArgSpec::userObject)
                .filteredOn(Field.class::isInstance)
                .allSatisfy(field ->
                        assertThat(reflection().onFieldAccess((Field) field)).accepts(HINTS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/monarch/spring/boot/command/migration.java.template",
                "dev/monarch/spring/boot/command/completion.bash.template",
                "dev/monarch/engine/version.properties",
                "META-INF/spring/dev.monarch.spring.boot.command.MonarchCommand.imports"
            })
    void filesThatCommandsReadAreIncluded(String file) {
        assertThat(getClass().getClassLoader().getResource(file)).isNotNull();
        assertThat(resource().forResource(file)).accepts(HINTS);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                MonarchProperties.class,
                EnvironmentProperties.class,
                MigrationProperties.class,
                BackfillProperties.class,
                VersionProperties.class,
                LockProperties.class,
                TransferProperties.class,
                ActuatorProperties.class,
                BackupProperties.class,
                BackupProperties.Local.class,
                RetentionProperties.class,
                ScheduleProperties.class
            })
    void propertiesCanBeBound(Class<?> properties) {
        assertThat(reflection().onConstructorInvocation(properties.getDeclaredConstructors()[0]))
                .accepts(HINTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EndpointBody", "EndpointPart"})
    void theResponsesOfTheEndpointCanBeSerialized(String type) throws ClassNotFoundException {
        assertThat(Class.forName("dev.monarch.spring.boot.actuate." + type).getDeclaredClasses())
                .filteredOn(Class::isRecord)
                .isNotEmpty()
                .allSatisfy(body -> assertThat(reflection()
                                .onType(body)
                                .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                        .as(body.getName())
                        .accepts(HINTS));
    }
}
