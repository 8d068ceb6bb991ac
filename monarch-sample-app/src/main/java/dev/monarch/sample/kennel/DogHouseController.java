package dev.monarch.sample.kennel;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DogHouseController {

    private final DogHouses houses;

    DogHouseController(DogHouses houses) {
        this.houses = houses;
    }

    @GetMapping("/dog-houses")
    List<DogHouse> houses() {
        return houses.findAllByOrderById();
    }
}
