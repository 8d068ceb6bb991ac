package dev.monarch.engine.dump;

import java.io.IOException;

/** A directory, or a file that contains files. It can be read several times, by one thread at a time. */
interface DumpContainer {

    /** {@return its name in messages} */
    String name();

    /** {@return the name of the database whose files are in no directory of this container} */
    default String database() {
        return ContainerName.ofFile(name());
    }

    /** {@return whether it is a directory, whose name is that of a database} */
    default boolean isFolder() {
        return false;
    }

    /** {@return whether listing its collections takes long, because all of it must be read} */
    default boolean isSequential() {
        return false;
    }

    /** {@return whether it has the name of each file twice, and compares them when the file is opened} */
    default boolean comparesNames() {
        return false;
    }

    /** {@return the format, for people: {@code a zip file}} */
    String format();

    /**
     * Passes each file to a visitor, in the order of the container. The visitor may open only the current file.
     *
     * @throws dev.monarch.DamagedArchiveException if the container is damaged, or its names are not safe
     * @throws dev.monarch.OperationRefusedException if it exceeds a limit, or uses a feature that is not supported
     * @throws IOException if it cannot be read
     */
    void forEach(FileVisitor visitor) throws IOException;

    /** Releases what was kept for further reads. */
    default void release() throws IOException {}

    /** Receives the files of a container. */
    @FunctionalInterface
    interface FileVisitor {
        void file(ContainedFile file) throws IOException;
    }
}
