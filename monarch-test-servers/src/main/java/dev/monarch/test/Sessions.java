package dev.monarch.test;

import java.util.Optional;

/** Opens the sessions of tests on the servers of the run. */
final class Sessions {

    private final Servers servers;

    Sessions(Servers servers) {
        this.servers = servers;
    }

    /** Opens a session on the shared server, or on a new one for this test alone. */
    TestSession open(Requirement requirement, Choice.Taken choice, String testMethod) {
        String databaseName = DatabaseName.next(testMethod);
        if (requirement.own()) {
            Server server = servers.fresh(
                    choice.offer().kind(), choice.topology(), requirement.members(), requirement.accessControl());
            return TestSession.own(server, databaseName, () -> another(server, testMethod));
        }
        SharedServer shared = servers.shared(choice);
        return TestSession.shared(shared, databaseName, () -> another(shared.server(), testMethod));
    }

    /** An external server has no second one. Then this is the same as a request for the test's own server. */
    private TestSession another(Server first, String testMethod) {
        ServerKind kind = first.kind();
        if (kind == ServerKind.EXTERNAL) {
            kind = taken(new Requirement(first.topology(), Optional.empty(), true, 1, false))
                    .offer()
                    .kind();
        }
        Server server = servers.fresh(kind, first.topology(), 1, false);
        return TestSession.own(server, DatabaseName.next(testMethod), () -> another(server, testMethod));
    }

    private Choice.Taken taken(Requirement requirement) {
        Choice choice = servers.choose(requirement);
        if (choice instanceof Choice.Missing missing) {
            throw missing.asException();
        }
        return (Choice.Taken) choice;
    }
}
