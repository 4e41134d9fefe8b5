package dev.convoy.spark.checkpoint;

import dev.convoy.collective.Range;
import dev.convoy.fuzz.FuzzTarget;
import dev.convoy.optim.Plateau;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** What a checkpoint says of itself. */
public final class CheckpointStateTarget implements FuzzTarget {
  /** Creates the target. */
  public CheckpointStateTarget() {}

  @Override
  public String name() {
    return "checkpoint-state";
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        new CheckpointState(
                300,
                "lenet5-modern",
                100,
                "0123456789abcdef",
                List.of(List.of(new Range(0, 40)), List.of(new Range(40, 100))),
                new Plateau.State(0.1, 1, 2),
                "{\"seed\":1}")
            .toJson());
  }

  @Override
  public void read(byte[] input) throws IOException {
    CheckpointState.read(new ByteArrayInputStream(input), WHERE);
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(IOException.class);
  }

  @Override
  public String named() {
    return WHERE;
  }
}
