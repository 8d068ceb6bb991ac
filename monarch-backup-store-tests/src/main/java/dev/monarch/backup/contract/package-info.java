/**
 * What every {@link dev.monarch.backup.BackupStore} must do, as tests. The tests of a store extend
 * {@link dev.monarch.backup.contract.BackupStoreContractTests}.
 */
@NullMarked
package dev.monarch.backup.contract;

import org.jspecify.annotations.NullMarked;
