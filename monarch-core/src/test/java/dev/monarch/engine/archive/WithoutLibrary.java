package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Loads packages of Monarch again, without any class of an optional library. */
public final class WithoutLibrary extends ClassLoader {

    private final String library;

    private final List<String> again;

    /**
     * Creates a loader.
     *
     * @param library the beginning of the names of the library's classes
     * @param again the packages to load again, each with a dot at its end
     */
    public WithoutLibrary(String library, String... again) {
        super(WithoutLibrary.class.getClassLoader());
        this.library = library;
        this.again = List.of(again);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(library)) {
            throw new ClassNotFoundException(name);
        }
        if (again.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defined(name);
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
