package dev.convoy.spark.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.collective.Collective;
import dev.convoy.collective.transport.MeshOptions;
import dev.convoy.optim.Plateau;
import dev.convoy.optim.Sgd;
import dev.convoy.spark.checkpoint.Checkpoint;
import dev.convoy.spark.checkpoint.CheckpointStore;
import dev.convoy.spark.train.CheckpointWriter.Answer;
import dev.convoy.train.Batch;
import dev.convoy.train.StateSlice;
import dev.convoy.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real trainer, whose checkpoints go to a store that may be away. */
@Timeout(60)
class CheckpointWriterTest {
  private static final int IMAGES = 16;

  @TempDir Path parent;
  private final Configuration hadoop = DistantFileSystem.settings();
  private final List<Long> published = new CopyOnWriteArrayList<>();
  private final RunPlan plan =
      Trial.plan("train.batch-size=16", "train.virtual-nodes=2", "checkpoint.timeout=1s");
  private final Collective collective =
      Collective.open(MeshOptions.singleRank(), plan.network().vectorLength(), 2);
  private final Trainer trainer =
      Trainer.of(plan.network())
          .optimizer(Sgd.of(0.9, 0))
          .batchSize(IMAGES)
          .virtualNodes(2)
          .threads(1)
          .build();

  private CheckpointStore store;
  private RunFolder folder;
  private CheckpointWriter writer;

  @BeforeEach
  void open() throws IOException {
    Path run = parent.resolve("run");
    folder = RunFolder.claim(run.toString(), Training.Start.NEW, new Configuration(), said -> {});
    store = CheckpointStore.of(DistantFileSystem.uri(run), hadoop);
    RunLease lease = new RunLease(run.toString(), folder.lease().token(), new Configuration());
    CheckpointFiles files =
        new CheckpointFiles(store, plan, collective, "{}", 1, lease, published::add);
    writer = new CheckpointWriter(files, plan, collective);
  }

  @AfterEach
  void close() throws IOException {
    DistantFileSystem.comeBack();
    writer.close();
    trainer.close();
    collective.close();
    folder.close();
  }

  private void step() {
    float[] pixels = new float[IMAGES * plan.network().input().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i + trainer.steps()) % 7 * 0.1f;
    }
    int[] labels = new int[IMAGES];
    trainer.step(new Batch(pixels, labels), 0.01f);
  }

  private Answer save() throws Exception {
    return save(false);
  }

  private Answer save(boolean last) throws Exception {
    return writer.save(trainer.steps(), trainer.synchronization(), Plateau.State.BEGINNING, last);
  }

  @Test
  void whatIsSavedIsTheStateOfItsStepAlthoughTrainingGoesOn() throws Exception {
    step();
    float[] weights = trainer.synchronization().weights().clone();
    float[] momentum = trainer.synchronization().state().get(0).values().clone();
    DistantFileSystem.fallSilent();
    assertEquals(Answer.BEGUN, save());
    step();
    writer.check();
    assertEquals(OptionalLong.empty(), store.newestStep());
    DistantFileSystem.comeBack();
    writer.await();
    assertEquals(List.of(1L), published);
    Checkpoint checkpoint = store.newest(damage -> {}).orElseThrow();
    assertArrayEquals(weights, checkpoint.weights(plan.network()));
    StateSlice slice =
        checkpoint
            .optimizerState(
                trainer.synchronization().state().stream().map(StateSlice::range).toList())
            .get(0);
    assertArrayEquals(momentum, slice.values());
  }

  @Test
  void aCheckpointThatIsDueWhileAnotherIsWrittenIsLeftOut() throws Exception {
    DistantFileSystem.fallSilent();
    step();
    assertEquals(Answer.BEGUN, save());
    step();
    assertEquals(Answer.SKIPPED, save());
    DistantFileSystem.comeBack();
    writer.await();
    step();
    assertEquals(Answer.BEGUN, save());
    writer.await();
    assertEquals(List.of(1L, 3L), published);
  }

  @Test
  void theLastCheckpointWaitsForTheOneBefore() throws Exception {
    DistantFileSystem.fallSilent();
    step();
    assertEquals(Answer.BEGUN, save());
    step();
    Thread back =
        new Thread(
            () -> {
              try {
                Thread.sleep(200);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              DistantFileSystem.comeBack();
            });
    back.start();
    assertEquals(Answer.BEGUN, save(true));
    writer.await();
    assertEquals(List.of(1L, 2L), published);
    back.join();
  }

  @Test
  void aStoreThatComesBackInTimeGetsItsCheckpoint() throws Exception {
    DistantFileSystem.refuse();
    step();
    assertEquals(Answer.BEGUN, save());
    Thread.sleep(Duration.ofMillis(100).toMillis());
    writer.check();
    DistantFileSystem.comeBack();
    writer.await();
    assertEquals(OptionalLong.of(1), store.newestStep());
  }

  @Test
  void aStoreThatStaysAwayFailsTheRunNamingWhatWasWaitedFor() throws Exception {
    DistantFileSystem.refuse();
    step();
    assertEquals(Answer.BEGUN, save());
    IOException e = assertThrows(IOException.class, () -> writer.await());
    assertTrue(
        e.getMessage()
            .matches(
                "the checkpoint at step 1 was not written to distant:/.*/checkpoints within 1 s"
                    + " \\(checkpoint.timeout\\): Connection refused"),
        e.getMessage());
    assertThrows(IOException.class, () -> writer.check());
  }

  @Test
  void anInterruptedWriterEnds() throws Exception {
    DistantFileSystem.fallSilent();
    step();
    assertEquals(Answer.BEGUN, save());
    writer.close();
    assertEquals(OptionalLong.empty(), store.newestStep());
  }

  @Test
  void aStateThatIsNotFiniteIsNotSaved() throws Exception {
    step();
    trainer.synchronization().state().get(0).values()[7] = Float.NaN;
    assertEquals(Answer.NOT_FINITE, save());
    writer.await();
    assertEquals(OptionalLong.empty(), store.newestStep());
  }
}
