import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * Prints each class, method and field that the classes of a jar use and that the class path does not have.
 *
 * <p>The jars of Monarch are compiled with the newest Spring Boot. What an older one lacks would otherwise fail at some
 * later time, when an application runs the code that uses it.
 */
public final class Linkage {

    private final Set<String> missing = new TreeSet<>();

    /** {@code arguments}: the jars. */
    public static void main(String[] arguments) throws Exception {
        Linkage linkage = new Linkage();
        for (String jar : arguments) {
            linkage.check(Path.of(jar));
        }
        linkage.missing.forEach(System.out::println);
    }

    private void check(Path jar) throws Exception {
        try (FileSystem files = FileSystems.newFileSystem(jar);
                Stream<Path> all = Files.walk(files.getPath("/"))) {
            for (Path file : all.filter(path -> path.toString().endsWith(".class")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    ClassReader type = new ClassReader(in);
                    type.accept(new References(type.getClassName()), ClassReader.SKIP_DEBUG);
                }
            }
        }
    }

    private final class References extends ClassVisitor {

        private final String user;

        References(String user) {
            super(Opcodes.ASM9);
            this.user = user;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            require(parent);
            Arrays.stream(interfaces).forEach(this::require);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int code, String owner, String name, String descriptor, boolean isInterface) {
                    require(owner, name, descriptor);
                }

                @Override
                public void visitFieldInsn(int code, String owner, String name, String descriptor) {
                    require(owner, name, null);
                }

                @Override
                public void visitTypeInsn(int code, String type) {
                    require(type);
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle && handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
                            require(handle.getOwner(), handle.getName(), handle.getDesc());
                        }
                    }
                }
            };
        }

        private void require(String type) {
            require(type, null, null);
        }

        /** Records what is missing. Without a name the class is meant, without a descriptor the field. */
        private void require(String owner, String name, String descriptor) {
            if (owner.startsWith("[") || owner.startsWith("java/")) {
                return;
            }
            try {
                Class<?> type = Class.forName(owner.replace('/', '.'), false, Linkage.class.getClassLoader());
                if (name != null && !has(type, name, descriptor)) {
                    missing.add(user.replace('/', '.') + " " + owner.replace('/', '.') + "." + name);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                missing.add(user.replace('/', '.') + " " + owner.replace('/', '.'));
            }
        }
    }

    private static boolean has(Class<?> type, String name, String descriptor) {
        List<Class<?>> family = new ArrayList<>();
        collect(type, family);
        if (descriptor == null) {
            return family.stream()
                    .flatMap(member -> Arrays.stream(member.getDeclaredFields()))
                    .map(Field::getName)
                    .anyMatch(name::equals);
        }
        if (name.equals("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors())
                    .map((Constructor<?> constructor) -> Type.getConstructorDescriptor(constructor))
                    .anyMatch(descriptor::equals);
        }
        return family.stream()
                .flatMap(member -> Arrays.stream(member.getDeclaredMethods()))
                .filter((Method method) -> method.getName().equals(name))
                // invoke and invokeExact take what their caller passes.
                .anyMatch(method -> method.isVarArgs() && method.getDeclaringClass().getName().startsWith("java.lang.invoke")
                        || Type.getMethodDescriptor(method).equals(descriptor));
    }

    private static void collect(Class<?> type, List<Class<?>> family) {
        if (type != null && !family.contains(type)) {
            family.add(type);
            collect(type.getSuperclass(), family);
            Arrays.stream(type.getInterfaces()).forEach(parent -> collect(parent, family));
            if (type.isInterface()) {
                collect(Object.class, family);
            }
        }
    }
}
