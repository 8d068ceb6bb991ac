package dev.monarch.engine.archive;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;

/** A process with little memory that reads archives, whole ones and damaged ones. */
final class DamagedArchiveProcess {

    private DamagedArchiveProcess() {}

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        for (HostileArchive hostile : HostileArchive.values()) {
            System.out.println(hostile + ": " + outcome(hostile.archive()));
        }
        for (Damage damage : Damage.ofFixtures()) {
            System.out.println(damage.truncate(300_007).flip(10, seed).overwriteLengths(10, seed));
        }
        System.out.println("DONE");
    }

    private static String outcome(byte[] archive) {
        try {
            Damage.read(archive, archive.length);
            return "read";
        } catch (DamagedArchiveException e) {
            return e.problem();
        } catch (OperationRefusedException e) {
            return e.problem();
        }
    }
}
