package dev.convoy.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Learning rates step by step. */
class ScheduleTest {
  @Test
  void aConstantStaysTheSame() {
    assertEquals(0.01f, new ConstantSchedule(0.01).rate(0));
    assertEquals(0.01f, new ConstantSchedule(0.01).rate(1L << 40));
  }

  @Test
  void aCosineBeginsAtItsRateIsHalfInTheMiddleAndEndsAtZero() {
    Schedule cosine = new CosineSchedule(0.2, 1000);
    assertEquals(0.2f, cosine.rate(0));
    assertEquals(0.1f, cosine.rate(500), 1e-8f);
    assertEquals(0.2 * 0.5 * (1 + Math.cos(Math.PI / 4)), cosine.rate(250), 1e-7);
    assertEquals(0f, cosine.rate(1000));
    assertEquals(0f, cosine.rate(5000));
  }

  @Test
  void aCosineNeverRises() {
    Schedule cosine = new CosineSchedule(0.2, 100);
    for (int step = 1; step <= 110; step++) {
      assertTrue(cosine.rate(step) <= cosine.rate(step - 1));
    }
  }

  /** He et al. 2015, section 4.2: 0.1, divided by 10 at 32k and 48k steps. */
  @Test
  void stepsFallAtTheirMilestones() {
    Schedule steps = new StepSchedule(0.1, 0.1, List.of(32_000L, 48_000L));
    assertEquals(0.1f, steps.rate(0));
    assertEquals(0.1f, steps.rate(31_999));
    assertEquals(0.01f, steps.rate(32_000));
    assertEquals(0.01f, steps.rate(47_999));
    assertEquals(0.001f, steps.rate(48_000), 1e-9f);
  }

  @Test
  void aPolynomialFallsToZero() {
    assertEquals(0.3f, new PolynomialSchedule(0.3, 1, 100).rate(0));
    assertEquals(0.15f, new PolynomialSchedule(0.3, 1, 100).rate(50));
    assertEquals(0.3 * 0.25, new PolynomialSchedule(0.3, 2, 100).rate(50), 1e-7);
    assertEquals(0.3 * Math.sqrt(0.75), new PolynomialSchedule(0.3, 0.5, 100).rate(25), 1e-7);
    assertEquals(0f, new PolynomialSchedule(0.3, 2, 100).rate(100));
    assertEquals(0f, new PolynomialSchedule(0.3, 2, 100).rate(101));
  }

  @Test
  void warmUpRisesLinearlyToTheFirstRateAndThenBeginsTheSchedule() {
    Schedule schedule = new CosineSchedule(0.8, 10).after(4);
    assertEquals(0.2f, schedule.rate(0), 1e-8f);
    assertEquals(0.4f, schedule.rate(1), 1e-8f);
    assertEquals(0.6f, schedule.rate(2), 1e-7f);
    assertEquals(0.8f, schedule.rate(3));
    assertEquals(0.8f, schedule.rate(4));
    assertEquals(new CosineSchedule(0.8, 10).rate(1), schedule.rate(5));
    assertEquals(0f, schedule.rate(14));
  }

  @Test
  void noWarmUpChangesNothing() {
    assertEquals(0.5f, new ConstantSchedule(0.5).after(0).rate(0));
  }

  @Test
  void theListKnowsEachScheduleByItsName() {
    Schedules.Settings settings = new Schedules.Settings(0.5, 10, List.of(5L), 0.1, 2, 3);
    for (String name : Schedules.names()) {
      ScheduleFactory factory = Schedules.named(name);
      assertEquals(name, factory.name());
      assertEquals(0.5f, factory.schedule().apply(settings).rate(0), name);
    }
    assertEquals(
        "the schedule cosin is unknown; allowed are " + String.join(", ", Schedules.names()),
        assertThrows(IllegalArgumentException.class, () -> Schedules.named("cosin")).getMessage());
  }

  @Test
  void onlyAPlateauGoesByValidations() {
    Schedules.Settings settings = new Schedules.Settings(0.5, 10, List.of(5L), 0.1, 2, 0);
    for (ScheduleFactory factory : Schedules.all()) {
      Plateau plateau = factory.plateau().apply(settings);
      plateau.observe(0.5);
      plateau.observe(0.5);
      assertEquals(factory.goesByValidations() ? 0.1f : 1f, plateau.scale(), factory.name());
    }
  }
}
