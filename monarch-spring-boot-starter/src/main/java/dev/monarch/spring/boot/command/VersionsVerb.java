package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.monarch.version.DocumentVersions;
import dev.monarch.version.DocumentVersions.CollectionState;
import dev.monarch.version.DocumentVersions.Instance;

/** Shows the versions of documents, and the instances that use them. */
@Command(
        name = "versions",
        description = "Show the versions of documents: phase, backfill, and the instances that use them.",
        footer = {"  monarch versions staging", "      Before 'contract': whether an old instance is still there."})
final class VersionsVerb extends VersionVerb {

    @Mixin
    private OptionalEnvironment environment;

    VersionsVerb(ObjectProvider<DocumentVersions> versions) {
        super(versions);
    }

    @Override
    Report run() {
        List<CollectionState> states = versions().states();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("COLLECTION", "VERSION", "OLDEST", "PHASE", "BACKFILL", "INSTANCES"));
        states.forEach(state -> rows.add(List.of(
                state.collection(),
                String.valueOf(state.version()),
                String.valueOf(state.oldest()),
                state.phase().name(),
                state.backfill().summary(),
                String.join(
                        ", ",
                        state.instances().stream()
                                .map(instance -> text(state, instance))
                                .toList()))));
        return Report.done(
                console().table(rows),
                new Document("environment", versions().environment().name())
                        .append("collections", Report.each(states, VersionsVerb::document)));
    }

    private static String text(CollectionState state, Instance instance) {
        return instance.name() + " (" + version(state, instance) + ", " + instance.seen() + ")";
    }

    private static int version(CollectionState state, Instance instance) {
        return instance.versions().getOrDefault(state.collection(), 1);
    }

    private static Document document(CollectionState state) {
        return new Document("collection", state.collection())
                .append("version", state.version())
                .append("oldest", state.oldest())
                .append("phase", state.phase().name())
                .append("backfill", state.backfill().id())
                .append("backfillState", state.backfill().state().name())
                .append(
                        "instances",
                        Report.each(
                                state.instances(),
                                instance -> new Document("name", instance.name())
                                        .append("version", version(state, instance))
                                        .append("seen", instance.seen().toString())));
    }
}
