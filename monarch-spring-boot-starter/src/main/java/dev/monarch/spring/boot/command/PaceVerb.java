package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.engine.transfer.PaceRequests;
import dev.monarch.engine.transfer.PaceRequests.Confirmation;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.transfer.Pace;

/** Changes the pace of operations of other processes. */
@Command(
        name = "pace",
        description = "Change the pace of a backup, restore or copy that another process is running.",
        footer = {
            "  monarch pace all gentle production",
            "      Slow down everything that Monarch moves from and to production, and list it.",
            "  monarch pace 9e5b0c1d-7f3a-4b62-9d0e-2f7c8a1b3c4d 20MB production",
            "      Change one operation. Its id is in its log, in Actuator, and in the list above."
        })
final class PaceVerb extends VerbInContext {

    @Parameters(
            paramLabel = "OPERATION",
            converter = Operations.class,
            description = "The id of the operation, or 'all' for each one that uses the environment.")
    private String operation;

    @Parameters(
            paramLabel = "full|gentle|SIZE",
            converter = PaceOptions.Paces.class,
            description = "The new pace. 20MB: full, with this maximum number of bytes per second.")
    private Pace pace;

    @Mixin
    private OptionalEnvironment environment;

    private final EnvironmentRegistry environments;

    PaceVerb(EnvironmentRegistry environments) {
        this.environments = environments;
    }

    @Override
    Report run() throws InterruptedException {
        PaceRequest request = new PaceRequest(environments.own(), operation, pace);
        return report(environments.own().name(), request.confirmations());
    }

    private Report report(String name, Optional<List<Confirmation>> confirmations) {
        List<Confirmation> changed = confirmations.orElse(List.of());
        List<String> text = new ArrayList<>();
        changed.forEach(each -> text.add("The pace of the " + each.description() + " is now " + each.pace()
                + ". It runs in " + each.process() + ", and its id is " + each.operation() + "."));
        if (confirmations.isEmpty()) {
            text.add(
                    "Another process has requested another pace of the same operation meanwhile. The last request counts.");
        } else if (changed.isEmpty()) {
            text.add("No operation in environment '" + name + "' has confirmed the change. Either there is none"
                    + (operation.equals(PaceRequests.ALL) ? "" : " with this id")
                    + ", or its user may not write to the database: then its log says whether the pace has changed.");
        }
        Document json =
                new Document("environment", name).append("operations", Report.each(changed, PaceVerb::document));
        return new Report(changed.isEmpty() ? ExitCode.FAILED : ExitCode.DONE, text, json);
    }

    private static Document document(Confirmation confirmation) {
        return new Document("id", confirmation.operation())
                .append("description", confirmation.description())
                .append("process", confirmation.process())
                .append("pace", confirmation.pace());
    }

    /** Parses the id of an operation. */
    static final class Operations implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            String given = text.toLowerCase(Locale.ROOT);
            try {
                return given.equals(PaceRequests.ALL)
                        ? given
                        : UUID.fromString(given).toString();
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not the id of an operation: use the id that its log" + " shows, or 'all'");
            }
        }
    }
}
