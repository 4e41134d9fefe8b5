package dev.convoy.data.loader;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Range;
import dev.convoy.data.BatchPlan;
import dev.convoy.data.DataException;
import dev.convoy.data.Dataset;
import dev.convoy.data.ImageShape;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.Sample;
import dev.convoy.data.augment.Normalize;
import dev.convoy.data.augment.Pad;
import dev.convoy.data.augment.RandomHorizontalFlip;
import dev.convoy.data.input.InputPipeline;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class BatchLoaderTest {
  private static final int STEPS = 30;
  private static final BatchPlan PLAN = new BatchPlan(50, 16, 4, BatchPlan.LastBatch.DROP);
  private static final Shape OUTPUT = new Shape(4, 4, 1);
  private static final InputPipeline PIPELINE =
      new InputPipeline(
          new ImageShape(2, 3, 1),
          OUTPUT,
          List.of(
              new RandomHorizontalFlip(0.5),
              new Pad(4, 4),
              new Normalize(new float[] {0.5f}, new float[] {0.25f})));

  /** Sample i has the label i mod 10 and the pixels i, i + 1, ...; one may be broken. */
  private record Counting(int size, int broken, RuntimeException problem) implements Dataset {
    @Override
    public List<String> classNames() {
      return Collections.nCopies(10, "class");
    }

    @Override
    public ImageShape imageShape() {
      return new ImageShape(2, 3, 1);
    }

    @Override
    public void read(int index, Sample into) {
      if (index == broken) {
        throw problem;
      }
      byte[] pixels = into.begin(index, index % 10, 2, 3, 1);
      for (int i = 0; i < 6; i++) {
        pixels[i] = (byte) (index + i);
      }
    }

    @Override
    public String fingerprint() {
      return "counting";
    }

    @Override
    public void close() {}
  }

  private static final Dataset DATASET = new Counting(50, -1, null);

  @ParameterizedTest
  @CsvSource({"1, 2, 1", "2, 2, 1", "4, 3, 1", "1, 3, 3", "2, 2, 2", "4, 1, 2"})
  void theMicrobatchesDoNotDependOnWhoLoadsThem(int executors, int ahead, int threads)
      throws Exception {
    Map<String, String> expected = load(new Range(0, 4), 0, new Prefetch(2, 1));
    assertEquals(STEPS * 4, expected.size());
    Map<String, String> found = new TreeMap<>();
    int nodes = 4 / executors;
    for (int executor = 0; executor < executors; executor++) {
      Range block = new Range(executor * nodes, (executor + 1) * nodes);
      found.putAll(load(block, 0, new Prefetch(ahead, threads)));
    }
    assertEquals(expected, found);
  }

  @Test
  void aResumedRunSeesWhatTheUndisturbedOneWouldHave() throws Exception {
    Map<String, String> whole = load(new Range(0, 4), 0, Prefetch.DEFAULT);
    Map<String, String> rest = load(new Range(0, 4), 17, Prefetch.DEFAULT);
    assertEquals((STEPS - 17) * 4, rest.size());
    rest.forEach((key, content) -> assertEquals(whole.get(key), content, key));
  }

  @Test
  void workersTakeTheNodesOfAStepInAnyOrder() throws Exception {
    Map<String, String> expected = load(new Range(0, 4), 0, Prefetch.DEFAULT);
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try (BatchLoader loader = loader(DATASET, new Range(0, 4), 0, Prefetch.DEFAULT)) {
      for (long step = 0; step < STEPS; step++) {
        List<Future<String>> contents = new ArrayList<>();
        for (int node = 3; node >= 0; node--) {
          long wantedStep = step;
          int wantedNode = node;
          contents.add(
              workers.submit(
                  () -> {
                    Microbatch batch = loader.take(wantedStep, wantedNode);
                    String content = content(batch);
                    loader.release(batch);
                    return content;
                  }));
        }
        for (int i = 0; i < 4; i++) {
          assertEquals(expected.get(key(step, 3 - i)), contents.get(i).get());
        }
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void theBuffersAreReused() throws Exception {
    Set<float[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    try (BatchLoader loader = loader(DATASET, new Range(2, 4), 0, new Prefetch(2, 1))) {
      for (long step = 0; step < STEPS; step++) {
        for (int node = 2; node < 4; node++) {
          Microbatch batch = loader.take(step, node);
          buffers.add(batch.pixels());
          loader.release(batch);
        }
      }
      assertEquals(4, buffers.size());
      assertTrue(loader.waitNanos() > 0);
    }
  }

  @Test
  void evaluationSeesEverySampleOnceAndInOrder() throws Exception {
    EvaluationOrder order = new EvaluationOrder(50, 8, 4);
    assertEquals(7, order.chunks());
    assertEquals(2, order.steps());
    List<Integer> seen = new ArrayList<>();
    try (BatchLoader loader =
        new BatchLoader(
            DATASET,
            List.of(PIPELINE),
            order,
            new Range(0, 4),
            0,
            Prefetch.DEFAULT,
            CorruptSamplePolicy.FAIL)) {
      for (long step = 0; step < order.steps(); step++) {
        for (int node = 0; node < 4; node++) {
          Microbatch batch = loader.take(step, node);
          for (int i = 0; i < batch.count(); i++) {
            seen.add(batch.sampleIds()[i]);
            assertEquals(batch.sampleIds()[i] % 10, batch.labels()[i]);
          }
          loader.release(batch);
        }
      }
      assertThrows(IllegalArgumentException.class, () -> loader.take(2, 0));
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(i);
    }
    assertEquals(all, seen);
  }

  @Test
  void whatGoesWrongOnTheThreadSurfacesInTheCaller() {
    Dataset corrupt = new Counting(50, 11, new DataException("shard 3 is corrupt"));
    assertRefused(() -> takeAll(corrupt), "shard 3 is corrupt");
    Dataset failing = new Counting(50, 11, new IllegalStateException("disk"));
    IOException e = assertThrows(IOException.class, () -> takeAll(failing));
    assertTrue(e.getMessage().contains("disk"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "4, 2"})
  void aSkippedSampleIsReplacedByTheNextWhoeverLoadsIt(int executors, int threads)
      throws Exception {
    Dataset corrupt = new Counting(50, 11, new DataException("shard 3 is corrupt"));
    List<String> notices = Collections.synchronizedList(new ArrayList<>());
    for (int executor = 0; executor < executors; executor++) {
      int nodes = 4 / executors;
      Range block = new Range(executor * nodes, (executor + 1) * nodes);
      CorruptSamplePolicy corruptSamples = new CorruptSamplePolicy(OnCorrupt.SKIP, notices::add);
      try (BatchLoader whole = loader(DATASET, block, 0, Prefetch.DEFAULT);
          BatchLoader loader =
              new BatchLoader(
                  corrupt,
                  List.of(PIPELINE),
                  new TrainingOrder(42, PLAN),
                  block,
                  0,
                  new Prefetch(2, threads),
                  corruptSamples)) {
        for (long step = 0; step < STEPS; step++) {
          for (int node = block.from(); node < block.to(); node++) {
            Microbatch expected = whole.take(step, node);
            Microbatch actual = loader.take(step, node);
            assertEquals(expected.count(), actual.count());
            for (int i = 0; i < expected.count(); i++) {
              int id = expected.sampleIds()[i];
              assertEquals(id == 11 ? 12 : id, actual.sampleIds()[i]);
              assertEquals(actual.sampleIds()[i] % 10, actual.labels()[i]);
            }
            whole.release(expected);
            loader.release(actual);
          }
        }
      }
      assertTrue(notices.size() <= executor + 1, "once by each who meets it: " + notices);
    }
    assertEquals(Set.of("skipped sample 11: shard 3 is corrupt"), Set.copyOf(notices));
  }

  @Test
  void aSkippedSampleIsNotCountedInAnEvaluation() throws Exception {
    Dataset corrupt = new Counting(50, 11, new DataException("shard 3 is corrupt"));
    EvaluationOrder order = new EvaluationOrder(50, 8, 4);
    int images = 0;
    try (BatchLoader loader =
        new BatchLoader(
            corrupt,
            List.of(PIPELINE, PIPELINE),
            order,
            new Range(0, 4),
            0,
            Prefetch.DEFAULT,
            new CorruptSamplePolicy(OnCorrupt.SKIP, notice -> {}))) {
      for (long step = 0; step < order.steps(); step++) {
        for (int node = 0; node < 4; node++) {
          Microbatch batch = loader.take(step, node);
          images += batch.count();
          int size = OUTPUT.size();
          for (int i = 0; i < batch.count(); i++) {
            // Both views of a sample lie side by side.
            assertTrue(
                Arrays.equals(
                    batch.pixels(),
                    2 * i * size,
                    (2 * i + 1) * size,
                    batch.pixels(),
                    (2 * i + 1) * size,
                    (2 * i + 2) * size));
          }
          loader.release(batch);
        }
      }
    }
    assertEquals(49, images);
  }

  @Test
  void wrongUseIsRefusedInsteadOfWaitingForEver() throws Exception {
    try (BatchLoader loader = loader(DATASET, new Range(0, 2), 5, Prefetch.DEFAULT)) {
      assertThrows(IllegalArgumentException.class, () -> loader.take(4, 0));
      assertThrows(IllegalArgumentException.class, () -> loader.take(5, 2));
      Microbatch batch = loader.take(5, 0);
      assertThrows(IllegalStateException.class, () -> loader.take(5, 0));
      loader.release(batch);
      assertThrows(IllegalStateException.class, () -> loader.release(batch));
      assertThrows(IllegalStateException.class, () -> loader.take(5, 0));
    }
    Range outside = new Range(3, 5);
    assertThrows(
        IllegalArgumentException.class, () -> loader(DATASET, outside, 0, Prefetch.DEFAULT));
  }

  @Test
  void closingStopsTheThreadsAndThoseWhoWait() throws Exception {
    BatchLoader loader = loader(DATASET, new Range(0, 4), 0, new Prefetch(2, 3));
    assertEquals(4, loader.take(0, 0).count());
    ExecutorService worker = Executors.newSingleThreadExecutor();
    // Step 2 needs the buffer of step 0, which is not given back: this one waits.
    Future<Microbatch> waiting = worker.submit(() -> loader.take(2, 0));
    assertTimeoutPreemptively(Duration.ofSeconds(5), loader::close);
    Exception e = assertThrows(Exception.class, waiting::get);
    assertEquals(IllegalStateException.class, e.getCause().getClass());
    assertThrows(IllegalStateException.class, () -> loader.take(0, 1));
    worker.shutdownNow();
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("batch-loader")));
  }

  private static void takeAll(Dataset dataset) throws Exception {
    try (BatchLoader loader = loader(dataset, new Range(0, 4), 0, Prefetch.DEFAULT)) {
      for (long step = 0; step < STEPS; step++) {
        for (int node = 0; node < 4; node++) {
          loader.release(loader.take(step, node));
        }
      }
    }
  }

  private static Map<String, String> load(Range nodes, long firstStep, Prefetch prefetch)
      throws Exception {
    Map<String, String> contents = new TreeMap<>();
    try (BatchLoader loader = loader(DATASET, nodes, firstStep, prefetch)) {
      for (long step = firstStep; step < STEPS; step++) {
        for (int node = nodes.from(); node < nodes.to(); node++) {
          Microbatch batch = loader.take(step, node);
          assertEquals(step, batch.step());
          assertEquals(node, batch.virtualNode());
          contents.put(key(step, node), content(batch));
          loader.release(batch);
        }
      }
    }
    return contents;
  }

  private static BatchLoader loader(
      Dataset dataset, Range nodes, long firstStep, Prefetch prefetch) {
    return new BatchLoader(
        dataset,
        List.of(PIPELINE),
        new TrainingOrder(42, PLAN),
        nodes,
        firstStep,
        prefetch,
        CorruptSamplePolicy.FAIL);
  }

  private static String key(long step, int node) {
    return step + "/" + node;
  }

  private static String content(Microbatch batch) {
    int count = batch.count();
    return Arrays.toString(Arrays.copyOf(batch.sampleIds(), count))
        + Arrays.toString(Arrays.copyOf(batch.labels(), count))
        + Arrays.toString(Arrays.copyOf(batch.pixels(), count * OUTPUT.size()));
  }
}
