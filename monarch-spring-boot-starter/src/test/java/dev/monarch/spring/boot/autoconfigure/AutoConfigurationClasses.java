package dev.monarch.spring.boot.autoconfigure;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/** Finds the auto-configurations, properties and beans of the starter in its classes, so tests need no lists. */
final class AutoConfigurationClasses {

    private static final JavaClasses STARTER = imported("dev.monarch.spring.boot");

    private AutoConfigurationClasses() {}

    /** Imports the classes of packages, but not those of libraries that they use. */
    static JavaClasses imported(String packages) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(packages);
        });
    }

    /** The auto-configurations, by name. */
    static List<Class<?>> all() {
        return annotatedWith(AutoConfiguration.class);
    }

    /** The types of {@code @ConfigurationProperties}, by name. */
    static List<Class<?>> properties() {
        return annotatedWith(ConfigurationProperties.class);
    }

    /** The beans that an auto-configuration may define. */
    static List<Method> beansOf(Class<?> autoConfiguration) {
        return Arrays.stream(autoConfiguration.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Bean.class))
                .toList();
    }

    /** The names of the beans that the auto-configurations may define. */
    static List<String> beans() {
        return all().stream()
                .flatMap(type -> beansOf(type).stream())
                .map(Method::getName)
                .sorted()
                .toList();
    }

    /** The names of the beans of an application, even if its start fails. */
    static List<String> beansIn(ApplicationContextRunner application) {
        List<String> names = new ArrayList<>();
        application
                .withInitializer(context -> context.addBeanFactoryPostProcessor(
                        beans -> names.addAll(List.of(beans.getBeanDefinitionNames()))))
                .run(context -> {});
        return names;
    }

    private static List<Class<?>> annotatedWith(Class<? extends Annotation> annotation) {
        return STARTER.stream()
                .filter(type -> type.isAnnotatedWith(annotation))
                .map(JavaClass::getName)
                .sorted()
                .<Class<?>>map(name -> ClassUtils.resolveClassName(name, null))
                .toList();
    }
}
