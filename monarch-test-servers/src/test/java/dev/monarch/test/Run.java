package dev.monarch.test;

import java.util.Map;

import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/** Runs a class of tests within a test, whatever the environment of the outer one says. */
final class Run {

    private static final Map<String, String> NOTHING_THERE = Map.of(
            "MONARCH_TEST_MONGODB_URI", "",
            "MONARCH_TEST_MONGOD", "",
            "MONARCH_REQUIRE_SERVER", "",
            "PATH", "",
            "DOCKER_HOST", "");

    private Run() {}

    static Events embedded(Class<?> tests) {
        return with(tests, Map.of());
    }

    static Events with(Class<?> tests, Map<String, String> settings) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameters(NOTHING_THERE)
                .configurationParameters(settings)
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }
}
