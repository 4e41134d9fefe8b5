package dev.convoy.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against tables of the normal distribution. */
class NormalQuantileTest {
  /** The two examples of Wichura 1988, and what statistics books print. */
  @ParameterizedTest
  @CsvSource({
    "0.25, -0.6744897501960817",
    "0.001, -3.090232306167814",
    "1e-20, -9.262340089798408",
    "1e-300, -37.0470962993612",
    "0.5, 0",
    "0.975, 1.959963984540054",
    "0.999999, 4.753424308822899"
  })
  void isThePublishedValue(double probability, double value) {
    double tolerance = 1e-11 * Math.max(1, Math.abs(value));
    assertEquals(value, NormalQuantile.of(probability), tolerance);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0625, 0.074, 0.076, 0.25, 0.4375, 0.49})
  void bothSidesAreAlike(double probability) {
    double below = NormalQuantile.of(probability);
    assertEquals(-below, NormalQuantile.of(1 - probability), 1e-14);
  }
}
