package dev.monarch.spring.boot.process;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Auto-configurations of which Monarch uses nothing. They take half the time of a start, and the tests start hundreds of
 * applications in their own process. Those that run as a process of their own have all of them.
 */
public final class UnusedAutoConfigurations {

    private static final Pattern USED = Pattern.compile(
            "dev\\.monarch\\..*|.*\\.(mongodb|awspring|context|task|jackson|security|ssl|transaction)\\..*");

    /** The argument that excludes them. */
    public static final String EXCLUDED = "--spring.autoconfigure.exclude=" + names();

    private UnusedAutoConfigurations() {}

    private static String names() {
        ImportCandidates all =
                ImportCandidates.load(AutoConfiguration.class, UnusedAutoConfigurations.class.getClassLoader());
        return StreamSupport.stream(all.spliterator(), false)
                .filter(name -> !USED.matcher(name).matches())
                .collect(Collectors.joining(","));
    }
}
