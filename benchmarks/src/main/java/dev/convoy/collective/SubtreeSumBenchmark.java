package dev.convoy.collective;

import dev.convoy.collective.transport.Frame;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The sum of a full chunk over subtrees of one node each, copied from and to vectors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SubtreeSumBenchmark {
  /** Subtrees. */
  @Param({"2", "4", "8"})
  public int subtrees;

  private final float[] chunk = new float[Frame.CHUNK_FLOATS];
  private final float[] sum = new float[Frame.CHUNK_FLOATS];
  private SubtreeSum tree;

  /** Makes the tree's buffers. */
  @Setup
  public void prepare() {
    Scratch scratch =
        new Scratch(new Scratch.Size(SubtreeSum.buffers(subtrees), Frame.CHUNK_FLOATS));
    tree = new SubtreeSum(new Subtree(0, subtrees), Rounding.NONE, scratch);
  }

  /** Adds a chunk of each subtree. */
  @Benchmark
  public float[] add() {
    for (int i = 0; i < subtrees; i++) {
      System.arraycopy(chunk, 0, tree.next(), 0, chunk.length);
      tree.push(1, 0, chunk.length);
    }
    tree.take(sum, 0, sum.length);
    return sum;
  }
}
