package dev.monarch.spring.boot.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import com.mongodb.MongoException;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import dev.monarch.MonarchException;
import dev.monarch.engine.MonarchVersion;
import dev.monarch.engine.Scrubbed;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.status.EnvironmentReader;
import dev.monarch.spring.boot.status.EnvironmentStatus;

/**
 * Adds the version of Monarch and the migrations of the application's own environment to the information. It only uses the
 * application's own client.
 */
public final class MonarchInfoContributor implements InfoContributor {

    private final EnvironmentReader reader;

    MonarchInfoContributor(EnvironmentReader reader) {
        this.reader = reader;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", MonarchVersion.get());
        try {
            MonarchEnvironment own = reader.ownOnTheApplicationsClient();
            details.put("environment", own.name());
            add(reader.status(own), details);
            addOthers(details);
        } catch (MonarchException | MongoException e) {
            details.put("problem", Scrubbed.firstLine(e));
        }
        builder.withDetail("monarch", details);
    }

    /** The other environments that the application migrates when it starts. */
    private void addOthers(Map<String, Object> details) {
        Map<String, Object> others = new LinkedHashMap<>();
        for (MonarchEnvironment environment : reader.othersMigrated()) {
            Map<String, Object> of = new LinkedHashMap<>();
            try {
                add(reader.status(environment), of);
            } catch (MonarchException | MongoException e) {
                of.put("problem", Scrubbed.firstLine(e));
            }
            others.put(environment.name(), of);
        }
        if (!others.isEmpty()) {
            details.put("environments", others);
        }
    }

    private static void add(EnvironmentStatus status, Map<String, Object> details) {
        details.put("applied", status.applied());
        details.put("pending", status.pending());
        String newest = status.newest();
        if (newest != null) {
            details.put("newest", newest);
        }
    }
}
