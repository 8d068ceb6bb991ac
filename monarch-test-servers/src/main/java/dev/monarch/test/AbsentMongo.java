package dev.monarch.test;

import java.lang.reflect.Proxy;

/**
 * What the constructor of a test class gets where there is no server for the test: Jupiter creates the instance first
 * and asks afterwards whether the test is to be skipped.
 */
final class AbsentMongo {

    private AbsentMongo() {}

    /** One that ends the test with the reason as soon as it is used. */
    static TestMongo because(Choice.Missing missing) {
        return (TestMongo) Proxy.newProxyInstance(
                TestMongo.class.getClassLoader(), new Class<?>[] {TestMongo.class}, (proxy, method, arguments) -> {
                    throw missing.asException();
                });
    }
}
