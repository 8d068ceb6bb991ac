package dev.monarch.test;

import java.lang.reflect.Method;
import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The extension behind {@link MongoTest}. Servers live in the store of the launcher session, as long as the JVM runs
 * tests. A {@link TestSession} lives in the store of its test method, which closes it after the last {@code
 * @AfterEach}.
 */
final class MongoServerExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MongoServerExtension.class);

    /** Decides for methods only, because the annotation of a method replaces that of its class. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            return ConditionEvaluationResult.enabled("decided for each method");
        }
        Choice choice = servers(context).choose(requirement(context));
        if (choice instanceof Choice.Missing missing) {
            if (missing.failure()) {
                throw missing.asException();
            }
            return ConditionEvaluationResult.disabled(missing.reason());
        }
        return ConditionEvaluationResult.enabled("there is a server for it");
    }

    /** Gives a constructor the context of the method for which it is called, and so the method's session. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestMongo.class;
    }

    @Override
    public TestMongo resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Optional<Method> method = context.getTestMethod();
        if (method.isEmpty()) {
            throw new ParameterResolutionException(
                    "a TestMongo belongs to one test method: take it there, in @BeforeEach or in the constructor, "
                            + "not in @BeforeAll and not with one test instance per class");
        }
        Servers servers = servers(context);
        Requirement requirement = requirement(context);
        Choice choice = servers.choose(requirement);
        if (choice instanceof Choice.Missing missing) {
            return AbsentMongo.because(missing);
        }
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestSession.class,
                        type -> new Sessions(servers)
                                .open(
                                        requirement,
                                        (Choice.Taken) choice,
                                        method.get().getName()),
                        TestSession.class);
    }

    private static Servers servers(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Discovery.class, type -> new Discovery(settings(context)), Discovery.class)
                .servers();
    }

    private static Settings settings(ExtensionContext context) {
        return new Settings(
                name -> context.getConfigurationParameter(name).or(() -> Optional.ofNullable(System.getenv(name))));
    }

    private static Requirement requirement(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), MongoTest.class)
                .or(() -> AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), MongoTest.class, context.getEnclosingTestClasses()))
                .map(Requirement::of)
                .orElse(Requirement.ANYTHING);
    }
}
