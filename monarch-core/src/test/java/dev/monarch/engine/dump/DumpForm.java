package dev.monarch.engine.dump;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipOutputStream;

import com.github.luben.zstd.Zstd;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

import dev.monarch.engine.archive.Fixture;

/** The forms in which people keep dumps, written by Apache Commons Compress or by hand. */
public enum DumpForm {
    FOLDER_OF_A_SERVER {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return folder(under("dump/kennel_fixture/", files), folder.resolve("backup"));
        }
    },
    FOLDER_OF_A_DATABASE {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return folder(files, folder.resolve("dump/kennel_fixture"));
        }
    },
    FOLDER_WITH_GZIP {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return folder(gzipped(files), folder.resolve("dump/kennel_fixture"));
        }
    },
    FOLDERS_OF_DAYS {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return folder(under("2026/11/27/dump/kennel_fixture/", files), folder.resolve("backups"));
        }
    },
    STORED_ZIP_WITHOUT_FOLDER {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("kennel_fixture__2014_06_18.dmp.zip"), zip(files, false, Zip64Mode.Never, ""));
        }
    },
    ZIP_WITH_GZIP {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump.zip"),
                    zip(under("dump/kennel_fixture/", gzipped(files)), true, Zip64Mode.Never, ""));
        }
    },
    ZIP64_BEHIND_A_PROGRAM {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump.exe"),
                    zip(under("kennel_fixture/", files), true, Zip64Mode.Always, "MZ and a program"));
        }
    },
    ZIP_OF_A_STREAM {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    zip.putNextEntry(new java.util.zip.ZipEntry("kennel_fixture/" + file.getKey()));
                    zip.write(file.getValue());
                }
            }
            return Files.write(folder.resolve("DUMP.ZIP"), bytes.toByteArray());
        }
    },
    ZIP_OF_WINDOWS {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump.bak"), zip(under("dump\\kennel_fixture\\", files), true, Zip64Mode.Never, ""));
        }
    },
    ZIP_WITH_BZIP2 {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("bzip2.zip"),
                    compressed(
                            under("dump/kennel_fixture/", files), ZipMethod.BZIP2, BZip2CompressorOutputStream::new));
        }
    },
    ZIP_WITH_DEFLATE64 {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            // Without repetitions, deflate and deflate64 are the same.
            Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            deflater.setStrategy(Deflater.HUFFMAN_ONLY);
            return Files.write(
                    folder.resolve("deflate64.zip"),
                    compressed(under("kennel_fixture/", files), ZipMethod.ENHANCED_DEFLATED, bytes -> {
                        deflater.reset();
                        return new DeflaterOutputStream(bytes, deflater);
                    }));
        }
    },
    ZIP_OF_MACOS {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            Map<String, byte[]> all = new TreeMap<>(under("dump/kennel_fixture/", files));
            byte[] attributes = {0, 5, 0x16, 7, 0, 2, 0, 0};
            files.keySet().forEach(name -> all.put("__MACOSX/dump/kennel_fixture/._" + name, attributes));
            all.put("dump/.DS_Store", new byte[] {0, 0, 0, 1});
            all.put("dump/kennel_fixture/._dogs.bson", attributes);
            return Files.write(folder.resolve("Archive.zip"), zip(all, true, Zip64Mode.Never, ""));
        }
    },
    TAR_OF_GNU {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump.tar"),
                    tar(under("./dump/kennel_fixture/", files), TarArchiveOutputStream.LONGFILE_GNU));
        }
    },
    TAR_OF_PAX_WITH_GZIP {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump.tgz"),
                    gzip(tar(under("kennel_fixture/", files), TarArchiveOutputStream.LONGFILE_POSIX)));
        }
    },
    TAR_WITH_ZSTD_IN_NO_ORDER {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump"),
                    Zstd.compress(tar(
                            under("kennel_fixture/", new TreeMap<>(files).descendingMap()),
                            TarArchiveOutputStream.LONGFILE_POSIX)));
        }
    },
    TAR_OF_GZIP_FILES {
        @Override
        public Path write(Map<String, byte[]> files, Path folder) throws IOException {
            return Files.write(
                    folder.resolve("dump.TAR.GZ"),
                    gzip(tar(under("kennel_fixture/", gzipped(files)), TarArchiveOutputStream.LONGFILE_GNU)));
        }
    };

    /** Writes a dump. Returns the path that a user would give. */
    public abstract Path write(Map<String, byte[]> files, Path folder) throws IOException;

    /** The files of the directory of a fixture's database, by name, uncompressed. */
    public static Map<String, byte[]> fixture(String version) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        if (version.equals("mongodb-4.4")) {
            byte[] zip = Fixture.bytes("mongodb-4.4/kennel_fixture-directory-gzip.zip");
            try (ZipArchiveInputStream stream = new ZipArchiveInputStream(new ByteArrayInputStream(zip))) {
                for (ZipArchiveEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                    if (!entry.isDirectory()) {
                        String name = last(entry.getName());
                        files.put(
                                name.substring(0, name.length() - ".gz".length()),
                                new GZIPInputStream(new ByteArrayInputStream(stream.readAllBytes())).readAllBytes());
                    }
                }
            }
        } else {
            byte[] tar = Fixture.bytes("mongodb-5.0/kennel_fixture-directory.tar.gz");
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(tar));
                    TarArchiveInputStream stream = new TarArchiveInputStream(plain)) {
                for (TarArchiveEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                    if (!entry.isDirectory()) {
                        files.put(last(entry.getName()), stream.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static Map<String, byte[]> under(String folder, Map<String, byte[]> files) {
        return renamed(files, name -> folder + name);
    }

    private static Map<String, byte[]> renamed(Map<String, byte[]> files, UnaryOperator<String> name) {
        Map<String, byte[]> renamed = new LinkedHashMap<>();
        files.forEach((each, bytes) -> renamed.put(name.apply(each), bytes));
        return renamed;
    }

    public static Map<String, byte[]> gzipped(Map<String, byte[]> files) {
        Map<String, byte[]> gzipped = new LinkedHashMap<>();
        files.forEach((name, bytes) -> gzipped.put(name + ".gz", gzip(bytes)));
        return gzipped;
    }

    public static Path folder(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    public static byte[] zip(Map<String, byte[]> files, boolean deflated, Zip64Mode mode, String prefix)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setUseZip64(mode);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                entry.setMethod(deflated ? ZipArchiveOutputStream.DEFLATED : ZipArchiveOutputStream.STORED);
                entry.setSize(file.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setCrc(crc.getValue());
                zip.putArchiveEntry(entry);
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Compresses with a method that the library does not write itself. */
    @FunctionalInterface
    interface Compression {
        OutputStream into(OutputStream bytes) throws IOException;
    }

    static byte[] compressed(Map<String, byte[]> files, ZipMethod method, Compression compression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                try (OutputStream compressing = compression.into(content)) {
                    compressing.write(file.getValue());
                }
                ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                entry.setMethod(method.getCode());
                entry.setSize(file.getValue().length);
                entry.setCompressedSize(content.size());
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setCrc(crc.getValue());
                zip.addRawArchiveEntry(entry, new ByteArrayInputStream(content.toByteArray()));
            }
        }
        return bytes.toByteArray();
    }

    public static byte[] tar(Map<String, byte[]> files, int longNames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(longNames);
            tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
