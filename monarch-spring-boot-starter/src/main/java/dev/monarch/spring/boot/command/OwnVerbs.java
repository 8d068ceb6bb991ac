package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import picocli.CommandLine.Command;

/** The verbs of the application's own, found by reading its class files: no class of it is initialized, no bean created. */
final class OwnVerbs {

    private OwnVerbs() {}

    static List<Class<?>> of(SpringApplication application) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(MonarchCommand.class));
        return ApplicationClass.classes(application)
                .flatMap(OwnVerbs::packages)
                .distinct()
                .flatMap(name -> scanner.findCandidateComponents(name).stream())
                .map(found -> String.valueOf(found.getBeanClassName()))
                .distinct()
                .<Class<?>>map(name -> ClassUtils.resolveClassName(name, application.getClassLoader()))
                .filter(type -> type.isAnnotationPresent(Command.class))
                .toList();
    }

    /** The packages in which Spring looks for components because of a class. */
    private static Stream<String> packages(Class<?> source) {
        return AnnotatedElementUtils.getMergedRepeatableAnnotations(source, ComponentScan.class).stream()
                .flatMap(scan -> {
                    List<String> named = Stream.concat(
                                    Stream.of(scan.basePackages()),
                                    Stream.of(scan.basePackageClasses()).map(Class::getPackageName))
                            .toList();
                    return named.isEmpty() ? Stream.of(source.getPackageName()) : named.stream();
                });
    }
}
