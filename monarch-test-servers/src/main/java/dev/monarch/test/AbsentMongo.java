package dev.monarch.test;

import java.lang.reflect.Proxy;

/**
 * What the constructor of a test class gets if no server is available: Jupiter creates the instance before it asks
 * whether to skip the test.
 */
final class AbsentMongo {

    private AbsentMongo() {}

    /** {@return an object whose first use ends the test with the reason} */
    static TestMongo because(Choice.Missing missing) {
        return (TestMongo) Proxy.newProxyInstance(
                TestMongo.class.getClassLoader(), new Class<?>[] {TestMongo.class}, (proxy, method, arguments) -> {
                    throw missing.asException();
                });
    }
}
