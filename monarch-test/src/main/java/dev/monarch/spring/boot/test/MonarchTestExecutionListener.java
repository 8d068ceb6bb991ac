package dev.monarch.spring.boot.test;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Empties or fills the database of a {@link MonarchTest}. Tests of other kinds are left alone. */
final class MonarchTestExecutionListener implements TestExecutionListener, Ordered {

    MonarchTestExecutionListener() {}

    @Override
    public void beforeTestClass(TestContext context) {
        DatasetFrom dataset = dataset(context);
        if (dataset != null && isMonarchTest(context)) {
            context.getApplicationContext().getBean(Datasets.class).load(dataset);
        }
    }

    @Override
    public void beforeTestMethod(TestContext context) {
        if (dataset(context) == null && isMonarchTest(context)) {
            context.getApplicationContext().getBean(TestDatabase.class).clear();
        }
    }

    private static boolean isMonarchTest(TestContext context) {
        return TestContextAnnotationUtils.hasAnnotation(context.getTestClass(), MonarchTest.class);
    }

    private static @Nullable DatasetFrom dataset(TestContext context) {
        return TestContextAnnotationUtils.findMergedAnnotation(context.getTestClass(), DatasetFrom.class);
    }

    /** After the listener that injects beans, and before those that run scripts. */
    @Override
    public int getOrder() {
        return 3_000;
    }
}
