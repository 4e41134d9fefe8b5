package dev.convoy.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static Registry<String> of(String... colours) {
    return new Registry<>(
        "there is no colour '%s'",
        IllegalArgumentException::new, colour -> colour.toLowerCase(Locale.ROOT), List.of(colours));
  }

  @Test
  void findsByNameAndKeepsTheOrder() {
    Registry<String> colours = of("Red", "Green", "Blue");
    assertEquals(List.of("Red", "Green", "Blue"), colours.all());
    assertEquals(List.of("red", "green", "blue"), colours.names());
    assertEquals("Green", colours.named("green"));
  }

  @Test
  void refusesAnotherNameWithAllThatThereAre() {
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> of("Red", "Green").named("50%s"));
    assertEquals("there is no colour '50%s'; allowed are red, green", refusal.getMessage());
  }

  @Test
  void refusesTwoEntriesOfOneName() {
    Exception refusal = assertThrows(IllegalStateException.class, () -> of("Red", "red"));
    assertEquals("two entries have the name red", refusal.getMessage());
  }
}
