package dev.monarch.sample.kennel;

import java.util.List;

import org.springframework.data.repository.Repository;

interface DogHouses extends Repository<DogHouse, String> {

    List<DogHouse> findAllByOrderById();
}
