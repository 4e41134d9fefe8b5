package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.train.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCheck {
  @Test
  void itIsInTheZooAndLearns() {
    assertTrue(Zoo.names().contains("toynet"));
    List<Double> losses = Trial.losses(Zoo.named("toynet").build(), trainer -> trainer);
    assertTrue(losses.get(losses.size() - 1) < losses.get(0), losses.toString());
  }
}
