package dev.monarch.sample.kennel;

import java.util.Optional;

import org.springframework.data.repository.Repository;

interface Accounts extends Repository<Account, String> {

    Optional<Account> findById(String id);
}
