package dev.monarch.spring.boot.command;

import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.version.DocumentVersions;

/** A verb for the versions of documents in an environment. */
abstract class VersionVerb extends VerbInContext {

    private final ObjectProvider<DocumentVersions> versions;

    VersionVerb(ObjectProvider<DocumentVersions> versions) {
        this.versions = versions;
    }

    final DocumentVersions versions() {
        DocumentVersions found = versions.getIfAvailable();
        if (found == null) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "The application has no @DocumentVersion bean, so no documents have versions.");
        }
        return found;
    }
}
