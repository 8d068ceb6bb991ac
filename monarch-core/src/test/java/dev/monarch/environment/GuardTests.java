package dev.monarch.environment;

import java.util.List;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment.EnvironmentConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GuardTests {

    private final Guard guard = new Guard(false);

    @ParameterizedTest
    @CsvSource({
        "staging, DEFAULT, localhost, LOOPBACK",
        "staging, DEFAULT, 127.0.0.1:27018, LOOPBACK",
        "staging, DEFAULT, 127.1.2.3, LOOPBACK",
        "staging, DEFAULT, [::1]:27017, LOOPBACK",
        "staging, DEFAULT, /tmp/mongodb-27017.sock, LOOPBACK",
        "staging, DEFAULT, LOCALHOST, LOOPBACK",
        "staging, DEFAULT, localhost.evil.com, PROTECTED",
        "staging, DEFAULT, db.local:27017, PROTECTED",
        "staging, DEFAULT, 10.0.0.7, PROTECTED",
        "staging, DEFAULT, 128.0.0.1, PROTECTED",
        "staging, OFF, 10.0.0.7, REMOTE",
        "staging, OFF, localhost, LOOPBACK",
        "staging, ON, localhost, PROTECTED",
        "production, DEFAULT, localhost, PROTECTED",
        "eu-prod, DEFAULT, localhost, PROTECTED",
        "PROD.eu, DEFAULT, localhost, PROTECTED",
        "prod2, DEFAULT, localhost, PROTECTED",
        "my_prd, DEFAULT, localhost, PROTECTED",
        "live, DEFAULT, localhost, PROTECTED",
        "production, OFF, localhost, LOOPBACK",
        "production, OFF, 10.0.0.7, REMOTE",
        "products, DEFAULT, localhost, LOOPBACK",
        "alive, DEFAULT, localhost, LOOPBACK",
        "reproduction, DEFAULT, localhost, LOOPBACK",
    })
    void exposureFollowsNameFlagAndHost(String name, Protection protection, String host, Exposure expected) {
        assertThat(environment(name, protection, host).exposure()).isEqualTo(expected);
    }

    @Test
    void oneRemoteHostAmongLoopbackOnesIsEnoughToProtect() {
        assertThat(environment("staging", Protection.DEFAULT, "localhost:27017", "10.0.0.7:27017")
                        .exposure())
                .isEqualTo(Exposure.PROTECTED);
    }

    @ParameterizedTest
    @EnumSource(
            value = GuardedOperation.class,
            names = {"READ", "MIGRATE"})
    void readingAndMigratingNeedNoApprovalAnywhere(GuardedOperation operation) {
        for (MonarchEnvironment environment : List.of(loopback(), remote(), protectedOne())) {
            assertThatCode(() -> guard.check(operation, environment, Approval.none()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aLoopbackRestoreNeedsAConfirmation() {
        assertThatCode(() -> guard.check(GuardedOperation.RESTORE, loopback(), Approval.confirmed()))
                .doesNotThrowAnyException();
        assertRefused(GuardedOperation.RESTORE, loopback(), Approval.none(), "not confirmed");
    }

    @Test
    void aConfirmationWithoutTheNameNeverSufficesForAProtectedEnvironment() {
        assertRefused(GuardedOperation.RESTORE, protectedOne(), Approval.confirmed(), "the confirmation must name it");
        assertThatCode(() -> guard.check(GuardedOperation.RESTORE, protectedOne(), Approval.naming("production")))
                .doesNotThrowAnyException();
    }

    @Test
    void theNameOfAnotherEnvironmentIsNoApproval() {
        assertRefused(
                GuardedOperation.ROLL_BACK,
                protectedOne(),
                Approval.naming("staging"),
                "the confirmation names 'staging'");
        assertRefused(
                GuardedOperation.RESTORE,
                loopback(),
                Approval.naming("production"),
                "the confirmation names 'production'");
    }

    @Test
    void severalNamesApproveEachOfTheirEnvironments() {
        Approval several = Approval.naming("production", "staging");
        for (MonarchEnvironment environment : List.of(remote(), protectedOne())) {
            assertThatCode(() -> guard.check(GuardedOperation.RESTORE, environment, several))
                    .doesNotThrowAnyException();
        }
        assertRefused(
                GuardedOperation.RESTORE,
                environment("live", Protection.DEFAULT, "localhost"),
                several,
                "the confirmation names 'production', 'staging'");
    }

    @Test
    void combinedApprovalsApproveWhatEachOneApproves() {
        Approval both = Approval.confirmed().and(Approval.naming("production"));
        for (MonarchEnvironment environment : List.of(loopback(), remote(), protectedOne())) {
            assertThatCode(() -> guard.check(GuardedOperation.RESTORE, environment, both))
                    .doesNotThrowAnyException();
        }
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> guard.check(
                        GuardedOperation.RESTORE, environment("live", Protection.DEFAULT, "localhost"), both));
    }

    @Test
    void anApprovalNeedsAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Approval.naming("production", " "))
                .withMessage("environment must not be blank, but is ' '");
    }

    @Test
    void droppingIsDisabledExceptOnThisMachine() {
        assertThatCode(() -> guard.check(GuardedOperation.DROP_DATABASE, loopback(), Approval.confirmed()))
                .doesNotThrowAnyException();
        assertRefused(GuardedOperation.DROP_DATABASE, remote(), Approval.naming("staging"), "is disabled");
        assertThatCode(() ->
                        new Guard(true).check(GuardedOperation.DROP_DATABASE, remote(), Approval.naming("staging")))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() ->
                        new Guard(true).check(GuardedOperation.DROP_DATABASE, protectedOne(), Approval.confirmed()));
    }

    @Test
    void aDisabledDropIsRefusedForThatReasonWhateverTheApproval() {
        MonarchEnvironment protectedHere = environment("live", Protection.DEFAULT, "localhost");
        for (Approval approval : List.of(Approval.none(), Approval.confirmed(), Approval.naming("live"))) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> guard.check(GuardedOperation.DROP_DATABASE, protectedHere, approval))
                    .withMessage(
                            "Refused to drop the database of 'live': it is protected, and dropping protected databases is"
                                    + " disabled. Nothing has been changed.");
        }
        assertRefused(
                GuardedOperation.DROP_DATABASE,
                remote(),
                Approval.none(),
                "it is not on this machine, and dropping remote databases is disabled");
    }

    @Test
    void aRefusalNamesTheOperationAndTheReason() {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> guard.check(GuardedOperation.COPY_INTO, protectedOne(), Approval.confirmed()))
                .withMessage("Refused to copy into 'production': it is protected, so the confirmation must name it."
                        + " Nothing has been changed.")
                .satisfies(e -> assertThat(e.environment()).isEqualTo("production"));
    }

    private void assertRefused(
            GuardedOperation operation, MonarchEnvironment environment, Approval approval, String reason) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> guard.check(operation, environment, approval))
                .withMessageContaining(reason);
    }

    private static MonarchEnvironment loopback() {
        return environment("development", Protection.DEFAULT, "localhost");
    }

    private static MonarchEnvironment remote() {
        return environment("staging", Protection.OFF, "10.0.0.7");
    }

    private static MonarchEnvironment protectedOne() {
        return environment("production", Protection.DEFAULT, "10.0.0.8");
    }

    private static MonarchEnvironment environment(String name, Protection protection, String... hosts) {
        EnvironmentAddress address = new EnvironmentAddress(List.of(hosts), "kennel");
        return MonarchEnvironment.lazily(name, protection, () -> new Unopened(address));
    }

    private record Unopened(EnvironmentAddress address) implements EnvironmentConnection {

        @Override
        public MongoClient open() {
            throw new AssertionError("The guard must not connect");
        }
    }
}
