package dev.convoy.spark.config;

import static dev.convoy.spark.config.RefusalTest.builtin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which keys define the result of a run, so that {@code --resume} refuses other values. A new key
 * belongs in one of the two lists.
 */
@DisplayName("The identity of a run")
class ConfigIdentityTest {
  private static final String LARS = "train.optimizer.name=lars";
  private static final String STEP = "train.schedule.name=step";
  private static final String POLYNOMIAL = "train.schedule.name=polynomial";
  private static final String PLATEAU = "train.schedule.name=plateau";
  private static final String AVERAGING = "sync.mode=averaging";
  private static final String ROUNDED = "sync.wire=bfloat16";

  /** Another value of a key, under some other values of other keys. */
  private record Change(String set, List<String> under) {
    static Change of(String set, String... under) {
      return new Change(set, List.of(under));
    }

    String key() {
      return set.substring(0, set.indexOf('=')).strip();
    }

    String before() {
      return builtin(under.toArray(new String[0])).identity();
    }

    String after() {
      List<String> all = new ArrayList<>(under);
      all.add(set);
      return builtin(all.toArray(new String[0])).identity();
    }
  }

  static Stream<Change> defining() {
    return Stream.of(
        Change.of("network.name=lenet5-modern"),
        Change.of("network.classes=11"),
        Change.of("network.input=64x64x1"),
        Change.of("network.zero-gamma=on"),
        Change.of("data.normalize.mean=[0.4]", "data.normalize={ mean = [0.5], std = [0.5] }"),
        Change.of("data.normalize.std=[0.4]", "data.normalize={ mean = [0.5], std = [0.5] }"),
        Change.of("data.augment.train=[mirror]"),
        Change.of("data.augment.validation=[centre-crop]", PLATEAU),
        Change.of("data.on-corrupt=skip"),
        Change.of("data.last-batch=pad"),
        Change.of("train.epochs=11"),
        Change.of("train.steps=10"),
        Change.of("train.batch-size=64"),
        Change.of("train.virtual-nodes=4"),
        Change.of("train.seed=2"),
        Change.of("train.init=other.safetensors"),
        Change.of("train.freeze=[C1]"),
        Change.of("train.optimizer.name=nesterov"),
        Change.of("train.optimizer.momentum=0.8"),
        Change.of("train.optimizer.weight-decay=1e-4"),
        Change.of("train.optimizer.decay-vectors=off"),
        Change.of("train.optimizer.trust=0.01", LARS),
        Change.of("train.schedule.name=constant"),
        Change.of("train.schedule.learning-rate=0.1"),
        Change.of("train.schedule.reference-batch=256"),
        Change.of("train.schedule.warm-up=0.5"),
        Change.of("train.schedule.milestones=[5]", STEP),
        Change.of("train.schedule.factor=0.5", STEP),
        Change.of("train.schedule.factor=0.5", PLATEAU),
        Change.of("train.schedule.power=2", POLYNOMIAL),
        Change.of("train.schedule.patience=0", PLATEAU),
        Change.of("train.loss.name=rbf"),
        Change.of("train.loss.j=5"),
        Change.of("train.loss.label-smoothing=0.1"),
        Change.of(AVERAGING),
        Change.of("sync.period=3", AVERAGING),
        Change.of("sync.from=2 epochs", AVERAGING),
        Change.of("sync.wire=bfloat16"),
        Change.of("sync.max-executors=4", ROUNDED),
        Change.of("evaluate.every=2 epochs", PLATEAU),
        Change.of("kernel.winograd=off"));
  }

  @ParameterizedTest
  @MethodSource("defining")
  void changesWithWhatDefinesTheResult(Change change) {
    assertNotEquals(change.before(), change.after());
  }

  static Stream<Change> indifferent() {
    return Stream.of(
        Change.of("data.format=shards"),
        Change.of("data.train=/other"),
        Change.of("data.validation=/other"),
        Change.of("data.class-names=[x]"),
        Change.of("data.augment.validation=[centre-crop]"),
        Change.of("data.prefetch=9"),
        Change.of("data.workers=4"),
        Change.of("train.accumulate=2"),
        Change.of("train.optimizer.weight-decay=0.0005"),
        Change.of("train.optimizer.trust=0.01"),
        Change.of("train.schedule.milestones=[1]"),
        Change.of("train.schedule.factor=0.5"),
        Change.of("train.schedule.factor=0.5", POLYNOMIAL),
        Change.of("train.schedule.power=2", STEP),
        Change.of("train.schedule.patience=1", STEP),
        Change.of("sync.period=3"),
        Change.of("sync.from=2 epochs"),
        Change.of("sync.bucket=64k"),
        Change.of("sync.overlap=off"),
        Change.of("sync.max-executors=4"),
        Change.of("checkpoint.every=10 steps"),
        Change.of("checkpoint.keep=1"),
        Change.of("checkpoint.timeout=1m"),
        Change.of("evaluate.every=never"),
        Change.of("evaluate.batch-size=10", PLATEAU),
        Change.of("evaluate.crops=ten"),
        Change.of("cluster.executors=4"),
        Change.of("cluster.cores-per-executor=2"),
        Change.of("cluster.memory=2g"),
        Change.of("cluster.min-executors=2"),
        Change.of("cluster.attempts=1"),
        Change.of("cluster.encrypt=on"),
        Change.of("cluster.port-range=20000-20100"),
        Change.of("cluster.replicas=0"),
        Change.of("cluster.timeouts.executors=1s"),
        Change.of("cluster.timeouts.connect=1s"),
        Change.of("cluster.timeouts.collective=1s"),
        Change.of("cluster.timeouts.barrier=1s"),
        Change.of("kernel.implementation=scalar"),
        Change.of("output.progress-every=1m"),
        Change.of("output.metrics-every=1"));
  }

  @ParameterizedTest
  @MethodSource("indifferent")
  void staysWithWhatDoesNot(Change change) {
    assertEquals(change.before(), change.after());
  }

  @Test
  void isAskedAboutEveryKeyThereIs() {
    Set<String> asked = keys(defining());
    asked.addAll(keys(indifferent()));
    Set<String> declared = new TreeSet<>();
    Keys.all().forEach(key -> declared.add(key.path()));
    assertEquals(declared, asked);
  }

  @Test
  void changesWithEachKeyThatSaysSoAndWithNoOther() {
    Set<String> declared = new TreeSet<>();
    for (Key<?> key : Keys.all()) {
      if (!key.definesResult().equals(DefinesResult.NO)) {
        declared.add(key.path());
      }
    }
    assertEquals(declared, keys(defining()));
  }

  private static Set<String> keys(Stream<Change> changes) {
    return changes.map(Change::key).collect(Collectors.toCollection(TreeSet::new));
  }
}
