package dev.monarch.spring.boot.actuate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.MonarchException;
import dev.monarch.engine.Scrubbed;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;
import dev.monarch.spring.boot.status.EnvironmentReader;
import dev.monarch.spring.boot.status.EnvironmentStatus;

/**
 * The health of the application's own environment: down if a migration failed or was interrupted, or if a restore or copy
 * was interrupted while it replaced data. It only uses the application's own client.
 */
public final class MonarchHealthIndicator extends AbstractHealthIndicator {

    private final EnvironmentReader reader;

    private final @Nullable NewestBackup newestBackup;

    MonarchHealthIndicator(EnvironmentReader reader, @Nullable NewestBackup newestBackup) {
        super("The state of Monarch could not be read");
        this.reader = reader;
        this.newestBackup = newestBackup;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        MonarchEnvironment own;
        try {
            own = reader.ownOnTheApplicationsClient();
        } catch (InvalidEnvironmentException e) {
            builder.unknown().withDetail("problems", List.of(Scrubbed.firstLine(e)));
            return;
        }
        builder.up().withDetail("environment", own.name());
        List<String> problems = new ArrayList<>();
        try {
            EnvironmentStatus status = reader.status(own);
            builder.withDetail("applied", status.applied()).withDetail("pending", status.pending());
            problems.addAll(problems(status));
            addOthers(builder, problems);
            if (newestBackup != null) {
                newestBackup.problem(own.name()).ifPresent(problems::add);
            }
        } catch (MonarchException | MongoException e) {
            problems.add(Scrubbed.firstLine(e));
        }
        if (!problems.isEmpty()) {
            builder.status(Status.DOWN).withDetail("problems", problems);
        }
    }

    /** The other environments that the application migrates when it starts. */
    private void addOthers(Health.Builder builder, List<String> problems) {
        Map<String, Object> others = new LinkedHashMap<>();
        for (MonarchEnvironment environment : reader.othersMigrated()) {
            try {
                EnvironmentStatus status = reader.status(environment);
                Map<String, Object> numbers = new LinkedHashMap<>();
                numbers.put("applied", status.applied());
                numbers.put("pending", status.pending());
                others.put(environment.name(), numbers);
                problems(status)
                        .forEach(problem -> problems.add("Environment '" + environment.name() + "': " + problem));
            } catch (MonarchException | MongoException e) {
                problems.add("Environment '" + environment.name() + "': " + Scrubbed.firstLine(e));
            }
        }
        if (!others.isEmpty()) {
            builder.withDetail("environments", others);
        }
    }

    private static List<String> problems(EnvironmentStatus status) {
        List<String> problems = new ArrayList<>();
        status.unsuccessful().forEach(migration -> problems.add(problem(migration)));
        if (status.isSwapInterrupted()) {
            problems.add(problem(Objects.requireNonNull(status.swap())));
        }
        return problems;
    }

    private static String problem(MigrationStatus migration) {
        String error = migration.error();
        return "Migration '" + migration.id() + "' "
                + (error != null
                        ? "failed: " + Scrubbed.text(error).lines().findFirst().orElse("")
                        : "was interrupted: its process died.");
    }

    private static String problem(SwapProgress swap) {
        return "A replacement (" + swap.purpose() + ") that " + swap.host() + " started at " + swap.since()
                + " was interrupted: "
                + (swap.inPlace()
                        ? "the database is incomplete."
                        : swap.done() + " of " + swap.total() + " collections are replaced.");
    }
}
