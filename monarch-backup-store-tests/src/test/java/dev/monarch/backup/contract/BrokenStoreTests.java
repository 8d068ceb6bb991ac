package dev.monarch.backup.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

import dev.monarch.backup.BackupStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Each test of the contract fails for a store with the flaw that it should detect. */
class BrokenStoreTests {

    private static volatile Flaw flaw = Flaw.LISTS_NOTHING;

    private static volatile boolean running;

    /** Run only by the tests around it. */
    static class Broken extends LocalBackupStoreContractTests {

        @Override
        protected BackupStore store() {
            assumeTrue(running, "runs only with a flaw");
            return flaw.of(super.store());
        }

        @Override
        protected Optional<BackupStore> store(CallFaults calls) {
            return super.store(calls).map(flaw::of);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTestsOfTheContractFindTheFlaw(Flaw each) {
        flaw = each;
        running = true;
        try {
            for (String test : each.tests()) {
                assertThat(failuresOf(test)).as(test).isPositive();
            }
        } finally {
            running = false;
        }
    }

    private static long failuresOf(String test) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(tests().filter(method -> method.getName().equals(test))
                        .map(method -> DiscoverySelectors.selectMethod(Broken.class, method))
                        .toArray(DiscoverySelector[]::new))
                .execute()
                .testEvents()
                .failed()
                .count();
    }

    @Test
    void everyTestOfTheContractFindsAFlaw() {
        List<String> found = Arrays.stream(Flaw.values())
                .flatMap(each -> each.tests().stream())
                .toList();

        assertThat(tests().map(Method::getName)).containsExactlyInAnyOrderElementsOf(found);
    }

    private static Stream<Method> tests() {
        return Stream.of(Test.class, ParameterizedTest.class)
                .flatMap(annotation -> AnnotationSupport.findAnnotatedMethods(
                        BackupStoreContractTests.class, annotation, HierarchyTraversalMode.TOP_DOWN)
                        .stream());
    }
}
