package dev.monarch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code api.txt} lists the public API, so that each change is visible in a review. {@code -Dmonarch.api=write} writes
 * the list.
 */
class PublicApiTests {

    private static final Path LIST = Path.of("api.txt");

    private static final int MOST_TYPES = 100;

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private static final List<JavaClass> TYPES =
            MonarchClasses.all().stream().filter(PublicApiTests::isOfTheApi).toList();

    @Test
    void theListEqualsTheApi() throws IOException {
        List<String> api =
                TYPES.stream().flatMap(PublicApiTests::lines).sorted().toList();
        if ("write".equals(System.getProperty("monarch.api"))) {
            Files.write(LIST, api);
        }

        assertThat(api)
                .as("the public types and members; -Dmonarch.api=write writes api.txt")
                .isEqualTo(Files.readAllLines(LIST));
    }

    @Test
    void theApiIsSmall() {
        List<String> types = TYPES.stream()
                .filter(type -> type.getEnclosingClass().isEmpty())
                .map(JavaClass::getName)
                .toList();

        assertThat(types).hasSizeLessThanOrEqualTo(MOST_TYPES);
    }

    private static boolean isOfTheApi(JavaClass type) {
        return !type.getPackageName().startsWith("dev.monarch.engine")
                && !type.getPackageName().startsWith("dev.monarch.test")
                && isVisible(type);
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTests::isVisible).orElse(true);
    }

    private static Stream<String> lines(JavaClass type) {
        return Stream.concat(
                Stream.of(shortName(type)),
                type.getMembers().stream()
                        .filter(PublicApiTests::isVisible)
                        .map(member -> shortName(type) + "." + line(member)));
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && !OF_EVERY_OBJECT.contains(member.getName());
    }

    private static String line(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getName() + ": " + shortName(field.getRawType());
        }
        JavaCodeUnit method = (JavaCodeUnit) member;
        String name = method.getName().equals("<init>") ? "new" : method.getName();
        String parameters = method.getRawParameterTypes().stream()
                .map(PublicApiTests::shortName)
                .collect(Collectors.joining(", "));
        return name + "(" + parameters + "): " + shortName(method.getRawReturnType());
    }

    private static String shortName(JavaClass type) {
        return type.getName()
                .replace("dev.monarch.", "")
                .replaceFirst("^java\\.(lang|util|time)\\.", "")
                .replace('$', '.');
    }
}
