package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Against what torch's ReduceLROnPlateau(factor=0.1, patience=2, threshold=0) does. */
class PlateauTest {
  private final Plateau plateau = new Plateau(0.1, 2);

  private void observe(double... errors) {
    for (double error : errors) {
      plateau.observe(error);
    }
  }

  @Test
  void improvementChangesNothing() {
    observe(0.9, 0.8, 0.7, 0.6);
    assertEquals(1f, plateau.scale());
  }

  @Test
  void patienceIsLetPassAndThenTheRateFalls() {
    observe(0.9, 0.9, 0.95);
    assertEquals(1f, plateau.scale());
    observe(0.9);
    assertEquals(0.1f, plateau.scale());
  }

  @Test
  void aBetterValidationRenewsThePatience() {
    observe(0.9, 1, 1, 0.8, 1, 1);
    assertEquals(1f, plateau.scale());
    observe(0.8);
    assertEquals(0.1f, plateau.scale());
  }

  @Test
  void itFallsAgainAfterTheSamePatience() {
    observe(0.5, 1, 1, 1, 1, 1);
    assertEquals(0.1f, plateau.scale());
    observe(1);
    assertEquals(0.01f, plateau.scale());
  }

  @Test
  void whatWasKeptGoesOn() {
    observe(0.5, 1, 1);
    Plateau resumed = new Plateau(0.1, 2);
    resumed.restore(plateau.state());
    resumed.observe(1);
    assertEquals(0.1f, resumed.scale());
  }
}
