package com.example.kennel;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A test class from its source, run as JUnit and Spring run it. */
final class CompiledTest {

    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public |final )*class (\\w+)");

    private CompiledTest() {}

    /** Compiles one public or package-private class, whose package its source names. */
    static Class<?> compile(String source, Path folder) throws IOException, ClassNotFoundException {
        String name = TYPE.matcher(source).results().findFirst().orElseThrow().group(1);
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-parameters", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
        ClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, CompiledTest.class.getClassLoader());
        return Class.forName("com.example.kennel." + name, true, loader);
    }

    /** Runs all its test methods in one context, with these properties, and throws what the first of them throws. */
    static void run(Class<?> type, Map<String, String> properties) throws Exception {
        properties.forEach(System::setProperty);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(type.getClassLoader());
        TestContextManager manager = new TestContextManager(type);
        try {
            manager.beforeTestClass();
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    run(type, method, manager);
                }
            }
        } finally {
            manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
            Thread.currentThread().setContextClassLoader(before);
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static void run(Class<?> type, Method method, TestContextManager manager) throws Exception {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        manager.prepareTestInstance(instance);
        manager.beforeTestMethod(instance, method);
        method.setAccessible(true);
        try {
            method.invoke(instance);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
