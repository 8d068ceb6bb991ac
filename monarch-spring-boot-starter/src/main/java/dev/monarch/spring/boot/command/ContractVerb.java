package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.version.DocumentVersions;
import dev.monarch.version.DocumentVersions.ContractRequest;

/** Removes what only older instances need. */
@Command(
        name = "contract",
        description = "Remove from documents what only instances of older versions need.",
        footer = {
            "  monarch contract dogs 2 production",
            "      Refused while the backfill is not done, or an instance without version 2 is at work."
        })
final class ContractVerb extends VersionVerb {

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "The collection.")
    private String collection;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The oldest version that instances still know.")
    private int version;

    @Mixin
    private OptionalEnvironment environment;

    @Option(
            names = "--accept-old-documents",
            description = "All older instances have ended: upgrade the documents that they left.")
    private boolean acceptOldDocuments;

    @Mixin
    private Confirmation confirmation;

    ContractVerb(ObjectProvider<DocumentVersions> versions) {
        super(versions);
    }

    @Override
    Report run() {
        ContractRequest given = ContractRequest.of(collection, version);
        ContractRequest request = acceptOldDocuments ? given.acceptingOldDocuments() : given;
        // Asks for confirmation only after everything else is known to be possible.
        versions().checkContract(request);
        String name = versions().environment().name();
        Approval approval =
                confirmation.get(GuardedOperation.CONTRACT, versions().environment(), List.of(plan(name)));
        BackfillStatus status = versions().contract(request, approval);
        boolean done = status.state() == State.DONE;
        return new Report(
                done ? ExitCode.DONE : ExitCode.FAILED,
                List.of("Environment '" + name + "': "
                        + (done
                                ? "'" + collection + "' is contracted to version " + version + ". Documents changed: "
                                        + status.progress().done() + "."
                                : "'" + collection + "' is not contracted yet: the backfill '" + status.id() + "' "
                                        + status.summary() + ". Run the same command to continue.")),
                new Document("environment", name)
                        .append("collection", collection)
                        .append("version", version)
                        .append("state", status.state().name())
                        .append("changed", status.progress().done()));
    }

    private String plan(String name) {
        return "Environment '" + name + "': the documents of '" + collection
                + "' lose what only instances before version " + version
                + " need. Such instances can no longer use them. This cannot be undone.";
    }
}
