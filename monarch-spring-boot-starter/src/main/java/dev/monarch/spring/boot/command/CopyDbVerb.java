package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import com.mongodb.ReadPreference;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.copy.CopyReport;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyRequest.CollectionRename;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Consistency;

/**
 * Copies one environment into another.
 *
 * <p>It is the source that the application is started on: what query sets have injected reads what is copied.
 */
final class CopyDbVerb implements Verb.InContext {

    private static final String RENAME = "--rename";

    private static final String MAX_RATE = "--max-rate";

    private static final String WORKERS = "--workers";

    private static final String READ_FROM = "--read-from";

    private static final String CONSISTENCY = "--consistency";

    @Override
    public VerbDescription description() {
        List<ArgSpec> arguments = new ArrayList<>(
                List.of(VerbOptions.word(0, "FROM:TO", "The environment that is read, and the one that is replaced.")));
        arguments.addAll(Choosing.options());
        arguments.addAll(Selecting.options());
        arguments.addAll(List.of(
                VerbOptions.value(RENAME, "FROM=TO,…", "Other names in the target; a * stands for the same in both."),
                VerbOptions.value(MAX_RATE, "SIZE", "Reads no more than this in a second, for example 20MB."),
                VerbOptions.number(WORKERS, "How many collections are read at once; 4 otherwise."),
                VerbOptions.value(READ_FROM, "MODE", "Which members are read: primary (default), secondary, …"),
                VerbOptions.value(
                        CONSISTENCY,
                        Choice.label(Consistency.class),
                        "snapshot: all at one time or fail; best (default): as far as the server can.")));
        arguments.addAll(Replacing.options());
        arguments.addAll(VerbOptions.ofConfirmation());
        return new VerbDescription(
                "copy-db",
                List.of(),
                "Copies an environment into another: loads beside the data, verifies, and then swaps it in.",
                arguments,
                List.of(
                        new Example("copy-db production:development", "Everything, the migration history too."),
                        new Example("copy-db production:development -q AwesomeDogs -p breed=beagle", "A part of it."),
                        new Example("copy-db production:development --only 'dogs,dog_*'", "Some collections.")));
    }

    @Override
    public @Nullable String environment(Arguments arguments, Predicate<String> known) {
        return FromAndTo.of(arguments.requiredWord(0)).from();
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        CopyService copies = Beans.copies(beans);
        FromAndTo word = FromAndTo.of(arguments.requiredWord(0));
        MonarchEnvironment target = Beans.environments(beans).get(word.to());
        CopyRequest request = choosing(request(word, arguments), arguments, console, beans);
        MonarchEnvironment source = Beans.environments(beans).own();
        return new ReplacementRun<CopyRequest>(
                        "Copy", "source", GuardedOperation.COPY_INTO, target, copies::plan, approved -> {
                            CopyReport report = copies.copy(approved);
                            return report(report, Remarks.ofCopy(report, consistency(arguments), source));
                        })
                .run(request, arguments, console);
    }

    /** The query set is run here and no second time: what is confirmed is what is copied. */
    private static CopyRequest choosing(
            CopyRequest request, Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        QuerySets querySets = Beans.querySets(beans);
        MonarchEnvironment source = Beans.environments(beans).own();
        QuerySetRequest asked = Choosing.of(arguments, console, querySets, source.name());
        return asked == null ? request : request.taking(querySets.run(asked, source, members(arguments)));
    }

    private static CopyRequest request(FromAndTo word, Arguments arguments) {
        CopyRequest request = new Replacing(arguments)
                .applyTo(CopyRequest.of(word.from(), word.to()))
                .renaming(renames(arguments.option(RENAME)))
                .atMost(rate(arguments.option(MAX_RATE)))
                .readingFrom(members(arguments))
                .consistent(consistency(arguments));
        return arguments.has(WORKERS) ? request.workers(requirePositive(arguments.number(WORKERS, 0))) : request;
    }

    private static Consistency consistency(Arguments arguments) {
        return Choice.of(arguments, CONSISTENCY, Consistency.class, Consistency.BEST);
    }

    private static int requirePositive(int workers) {
        if (workers < 1) {
            throw wrong(WORKERS + " wants a number from 1 on, not " + workers + ".");
        }
        return workers;
    }

    private static List<CollectionRename> renames(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(CopyDbVerb::rename).toList();
    }

    private static CollectionRename rename(String text) {
        String[] names = text.strip().split("=", -1);
        if (names.length != 2) {
            throw wrong(RENAME + " wants FROM=TO, for example dogs=hounds, not '" + text + "'.");
        }
        try {
            return new CollectionRename(names[0].strip(), names[1].strip());
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage() + ".");
        }
    }

    private static @Nullable DataSize rate(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            DataSize rate = DataSize.parse(text.toUpperCase(Locale.ROOT));
            if (rate.toBytes() > 0) {
                return rate;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in words of our own.
        }
        throw wrong(MAX_RATE + " wants a size, for example 20MB, not '" + text + "'.");
    }

    private static ReadPreference members(Arguments arguments) {
        String text = arguments.option(READ_FROM);
        if (text == null) {
            return ReadPreference.primary();
        }
        try {
            return ReadPreference.valueOf(text.replace("-", ""));
        } catch (IllegalArgumentException e) {
            throw wrong(
                    READ_FROM + " wants primary, primary-preferred, secondary, secondary-preferred or nearest, not '"
                            + text + "'.");
        }
    }

    private static CommandException wrong(String message) {
        return new CommandException(ExitCode.WRONG_USE, message);
    }

    private static Report report(CopyReport report, Remarks remarks) {
        List<String> lines = new ArrayList<>();
        lines.add("Copied '" + report.source() + "' into '" + report.target() + "': "
                + ReplacementTexts.loaded(report.loaded()) + ", in " + Texts.duration(report.elapsed()) + ".");
        lines.add("Consistency: " + report.reading().consistency() + ".");
        report.reading().reasons().forEach(reason -> lines.add("  - " + reason));
        report.reading().warnings().forEach(warning -> lines.add("  - " + warning));
        lines.addAll(ReplacementTexts.leftOut(report.loaded()));
        lines.addAll(ReplacementTexts.expirations(report.expirations()));
        lines.addAll(ReplacementTexts.unsharded(report.unsharded()));
        Document document = new Document("source", report.source())
                .append("environment", report.target())
                .append("consistency", report.reading().consistency().toString())
                .append("reasons", report.reading().reasons())
                .append("warnings", report.reading().warnings());
        return remarks.report(
                lines,
                ReplacementTexts.append(report.loaded(), document)
                        .append("unsharded", ShardCommands.documents(report.unsharded()))
                        .append("tookMillis", report.elapsed().toMillis()));
    }
}
