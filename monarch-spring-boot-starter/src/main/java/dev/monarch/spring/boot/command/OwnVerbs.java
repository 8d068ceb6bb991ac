package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;
import picocli.CommandLine.Command;

import dev.monarch.spring.boot.advice.ExitCode;

/**
 * The verbs of the application and of its libraries, found without starting it: from the application's class files, and
 * from the files in which libraries list their verbs (see {@link MonarchCommand}). No class is initialized, and no bean
 * is created.
 */
final class OwnVerbs {

    private OwnVerbs() {}

    static List<Class<?>> of(SpringApplication application) {
        return Stream.concat(inApplication(application), inLibraries(application))
                .distinct()
                .toList();
    }

    private static Stream<Class<?>> inApplication(SpringApplication application) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AssignableTypeFilter(MonarchCommand.class));
        return ApplicationClass.classes(application)
                .flatMap(OwnVerbs::packages)
                .distinct()
                .flatMap(name -> scanner.findCandidateComponents(name).stream())
                .map(found -> String.valueOf(found.getBeanClassName()))
                .distinct()
                .<Class<?>>map(name -> ClassUtils.resolveClassName(name, application.getClassLoader()))
                .filter(OwnVerbs::isVerb);
    }

    private static Stream<Class<?>> inLibraries(SpringApplication application) {
        ClassLoader loader = application.getClassLoader();
        return ImportCandidates.load(MonarchCommand.class, loader).getCandidates().stream()
                .map(name -> listed(name, loader));
    }

    private static Class<?> listed(String name, ClassLoader loader) {
        if (ClassUtils.isPresent(name, loader)) {
            Class<?> type = ClassUtils.resolveClassName(name, loader);
            if (MonarchCommand.class.isAssignableFrom(type) && isVerb(type)) {
                return type;
            }
        }
        throw new CommandException(
                ExitCode.FAILED,
                "'" + name + "' is not a verb, but a file META-INF/spring/" + MonarchCommand.class.getName()
                        + ".imports lists it: it must be a class that implements MonarchCommand and has picocli's"
                        + " @Command. Correct the library.");
    }

    private static boolean isVerb(Class<?> type) {
        return type.isAnnotationPresent(Command.class);
    }

    /** Returns the packages that Spring scans for components because of a class. */
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
