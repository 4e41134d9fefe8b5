package dev.convoy.spark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.DatasetFormats;
import dev.convoy.kernel.KernelChoice;
import dev.convoy.loss.Losses;
import dev.convoy.optim.Optimizers;
import dev.convoy.optim.Schedules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One line for each thing that is refused: the override that is wrong, and the whole sentence. */
@DisplayName("A configuration is refused, in one sentence,")
class RefusalTest {
  static final List<String> REQUIRED = List.of("network.name=lenet5", "data.train=/data");

  static ConvoyConfig builtin(String... sets) {
    List<String> all = new ArrayList<>(REQUIRED);
    all.addAll(List.of(sets));
    return ConvoyConfig.load(ConvoyConfig.BUILTIN, all);
  }

  @Test
  void becauseMoreExecutorsWouldRoundOtherwise() {
    UserError error =
        assertThrows(
            UserError.class,
            () -> builtin("sync.wire=bfloat16", "sync.max-executors=2", "cluster.executors=4"));
    assertEquals(
        "--set: cluster.executors = 4 is invalid: expected at most sync.max-executors (2) with"
            + " sync.wire = bfloat16",
        error.getMessage());
  }

  private static void assertRefused(String set, String sentence) {
    UserError error = assertThrows(UserError.class, () -> builtin(set));
    assertEquals(
        sentence,
        error.getMessage().replaceFirst("^reference\\.conf:[0-9]+", "reference.conf:LINE"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      network.nme=lenet5       | --set: unknown key network.nme; did you mean network.name?
      train.learning-rate=0.1  | --set: unknown key train.learning-rate; did you mean train.schedule.learning-rate?
      batch-size=64            | --set: unknown key batch-size; did you mean train.batch-size?
      optimiser.name=sgd       | --set: unknown key optimiser; did you mean train.optimizer?
      clustre.executors=2      | --set: unknown key clustre; did you mean cluster?
      sync.zzz=1               | --set: unknown key sync.zzz; keys allowed here: bucket, from, max-executors, mode, overlap, period, wire
      train.optimizer.nesterov=on | --set: unknown key train.optimizer.nesterov; keys allowed here: decay-vectors, momentum, name, trust, weight-decay
      """)
  void becauseAKeyIsUnknown(String set, String sentence) {
    assertRefused(set, sentence);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      train=5                  | --set: train must be a section with the keys accumulate, batch-size, epochs, freeze, init, loss, optimizer, schedule, seed, steps, virtual-nodes
      train.optimizer=sgd      | --set: train.optimizer must be a section with the keys decay-vectors, momentum, name, trust, weight-decay
      train.seed={a=1}         | --set: train.seed must be one value, not a section
      train.batch-size=many    | --set: train.batch-size = "many" is invalid: expected a whole number from 1
      train.batch-size=٦٤      | --set: train.batch-size = "٦٤" is invalid: expected a whole number from 1
      train.optimizer.momentum=٠.٥ | --set: train.optimizer.momentum = "٠.٥" is invalid: expected a number from 0 to below 1
      output.progress-every=٥s | --set: output.progress-every = "٥s" is invalid: expected a duration above zero, such as 500ms, 60s or 2m
      cluster.memory=٢g        | --set: cluster.memory = "٢g" is invalid: expected a size from 512m to 1023g, such as 1536m or 2g
      cluster.port-range=٢٠٠٠٠-٢٠١٠٠ | --set: cluster.port-range = "٢٠٠٠٠-٢٠١٠٠" is invalid: expected "0" (any free port) or a range from 1024 to 65535 such as "20000-20100"
      train.batch-size=12.5    | --set: train.batch-size = 12.5 is invalid: expected a whole number from 1
      train.batch-size=[128]   | --set: train.batch-size = [128] is invalid: expected a whole number from 1
      train.batch-size=null    | train.batch-size is not set: expected a whole number from 1
      train.batch-size=3000000000 | --set: train.batch-size = 3000000000 is invalid: expected a whole number from 1
      train.seed=1e999999      | --set: train.seed = Infinity is invalid: expected a whole number of 64 bits
      train.seed=9223372036854775808 | --set: train.seed = "9223372036854775808" is invalid: expected a whole number of 64 bits
      train.schedule.learning-rate=NaN | --set: train.schedule.learning-rate = "NaN" is invalid: expected a number above 0
      data.augment.train=mirror | --set: data.augment.train = "mirror" is invalid: expected a list of steps such as ["random-resized-crop", "mirror"], or []
      data.on-corrupt=hide     | --set: data.on-corrupt = "hide" is invalid: expected one of fail, skip
      data.normalize.mean=0.5  | --set: data.normalize.mean = 0.5 is invalid: expected a list of numbers from 0 to 1, one a channel
      data.normalize.mean=[a]  | --set: data.normalize.mean = ["a"] is invalid: expected a list of numbers from 0 to 1, one a channel
      data.class-names=[a,b,a] | --set: data.class-names = ["a","b","a"] is invalid: expected a list of different names, one a class, or [] for the data's own
      data.normalize=imagenet  | --set: data.normalize = "imagenet" is invalid: expected auto or a section with the keys mean and std
      data.normalize={mean=[0.5],std=[]} | --set: data.normalize.std = [] is invalid: expected a list of numbers above 0 and up to 1, one a channel
      data.normalize.mean=[0.5] | reference.conf:LINE: data.normalize.std = "auto" is invalid: expected a list of numbers above 0 and up to 1, one a channel
      cluster.memory=lots      | --set: cluster.memory = "lots" is invalid: expected a size from 512m to 1023g, such as 1536m or 2g
      output.progress-every=soon | --set: output.progress-every = "soon" is invalid: expected a duration above zero, such as 500ms, 60s or 2m
      """)
  void becauseAValueHasTheWrongType(String set, String sentence) {
    assertRefused(set, sentence);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      network.classes=1        | --set: network.classes = 1 is invalid: expected a whole number from 2
      network.input=64x64      | --set: network.input = "64x64" is invalid: expected "paper" or a shape such as "64x64x3", height x width x channels, with 1 or 3 channels
      network.input=64x64x2    | --set: network.input = "64x64x2" is invalid: expected "paper" or a shape such as "64x64x3", height x width x channels, with 1 or 3 channels
      network.input=0x64x3     | --set: network.input = "0x64x3" is invalid: expected "paper" or a shape such as "64x64x3", height x width x channels, with 1 or 3 channels
      data.prefetch=0          | --set: data.prefetch = 0 is invalid: expected a whole number from 1 to 1024
      data.class-names=[a, ""] | --set: data.class-names = ["a",""] is invalid: expected a list of different names, one a class, or [] for the data's own
      data.normalize={mean=[0.5],std=[0]} | --set: data.normalize.std = [0] is invalid: expected a list of numbers above 0 and up to 1, one a channel
      data.normalize={mean=[0.5],std=[-1]} | --set: data.normalize.std = [-1] is invalid: expected a list of numbers above 0 and up to 1, one a channel
      data.normalize={mean=[0.5],std=[1e-60]} | --set: data.normalize.std = [1.0E-60] is invalid: expected a list of numbers above 0 and up to 1, one a channel
      data.normalize={mean=[0.5],std=[1,1]} | --set: data.normalize.std = [1,1] is invalid: expected a list as long as data.normalize.mean (1)
      data.normalize.mean=[123.7,116.3,103.5] | --set: data.normalize.mean = [123.7,116.3,103.5] is invalid: expected a list of numbers from 0 to 1, one a channel
      data.train=""            | --set: data.train = "" is invalid: expected the path or URI of a folder
      train.epochs=0           | --set: train.epochs = 0 is invalid: expected a whole number from 1
      train.steps=-3           | --set: train.steps = -3 is invalid: expected a whole number from 1
      sync.max-executors=3     | --set: sync.max-executors = 3 is invalid: expected a power of two: 1, 2, 4, 8, 16, …
      sync.wire=float16        | --set: sync.wire = "float16" is invalid: expected one of float32, bfloat16; did you mean bfloat16?
      train.batch-size=0       | --set: train.batch-size = 0 is invalid: expected a whole number from 1
      train.batch-size=-8      | --set: train.batch-size = -8 is invalid: expected a whole number from 1
      train.batch-size=100     | --set: train.batch-size = 100 is invalid: expected a multiple of train.virtual-nodes (8)
      train.virtual-nodes=0    | --set: train.virtual-nodes = 0 is invalid: expected a whole number from 1
      train.virtual-nodes=6    | --set: train.virtual-nodes = 6 is invalid: expected a power of two: 1, 2, 4, 8, 16, …
      train.virtual-nodes=256  | --set: train.virtual-nodes = 256 is invalid: expected at most train.batch-size (128)
      train.optimizer.momentum=1 | --set: train.optimizer.momentum = 1 is invalid: expected a number from 0 to below 1
      train.optimizer.momentum=-0.1 | --set: train.optimizer.momentum = -0.1 is invalid: expected a number from 0 to below 1
      train.optimizer.weight-decay=-1 | --set: train.optimizer.weight-decay = -1 is invalid: expected a number from 0
      train.optimizer.trust=0  | --set: train.optimizer.trust = 0 is invalid: expected a number above 0
      train.schedule.learning-rate=0 | --set: train.schedule.learning-rate = 0 is invalid: expected a number above 0
      train.schedule.learning-rate=-0.1 | --set: train.schedule.learning-rate = -0.1 is invalid: expected a number above 0
      train.schedule.warm-up=-1 | --set: train.schedule.warm-up = -1 is invalid: expected a number of epochs from 0
      train.schedule.warm-up=10 | --set: train.schedule.warm-up = 10 is invalid: expected a number below train.epochs (10)
      train.schedule.reference-batch=0 | --set: train.schedule.reference-batch = 0 is invalid: expected a whole number from 1
      train.schedule.milestones=[] | --set: train.schedule.milestones = [] is invalid: expected a list of epochs above 0, each greater than the one before
      train.schedule.milestones=[60,30] | --set: train.schedule.milestones = [60,30] is invalid: expected a list of epochs above 0, each greater than the one before
      train.schedule.milestones=[30,30] | --set: train.schedule.milestones = [30,30] is invalid: expected a list of epochs above 0, each greater than the one before
      train.schedule={name=step,warm-up=5,milestones=[4]} | --set: train.schedule.milestones = [4] is invalid: expected epochs behind the warm-up (train.schedule.warm-up = 5.0)
      train.schedule.learning-rate=1e50 | --set: train.schedule.learning-rate = 1.0E50 is invalid: expected a number above 0 that a float of 32 bits can hold
      train.schedule.learning-rate=1e-60 | --set: train.schedule.learning-rate = 1.0E-60 is invalid: expected a number above 0 that a float of 32 bits can hold
      train.schedule.learning-rate=Infinity | --set: train.schedule.learning-rate = "Infinity" is invalid: expected a number above 0
      train.schedule={learning-rate=1e38,reference-batch=1} | --set: train.schedule.learning-rate = 1.0E38 is invalid: expected a number so small that a float of 32 bits holds it times batch-size / reference-batch
      train.optimizer.momentum=0.999999999999 | --set: train.optimizer.momentum = 0.999999999999 is invalid: expected a number from 0 to below 1 that a float of 32 bits can hold
      train.optimizer.weight-decay=1e39 | --set: train.optimizer.weight-decay = 1.0E39 is invalid: expected a number from 0 that a float of 32 bits can hold
      data.workers=2000000000  | --set: data.workers = 2000000000 is invalid: expected a whole number from 1 to 1024
      train.schedule.factor=1  | --set: train.schedule.factor = 1 is invalid: expected a number above 0 and below 1
      train.schedule.power=0   | --set: train.schedule.power = 0 is invalid: expected a number above 0
      train.schedule.patience=-1 | --set: train.schedule.patience = -1 is invalid: expected a whole number from 0
      train.accumulate=0       | --set: train.accumulate = 0 is invalid: expected a whole number from 1
      train.freeze=conv1       | --set: train.freeze = "conv1" is invalid: expected a list of names of layers, or []
      train.loss.label-smoothing=1 | --set: train.loss.label-smoothing = 1 is invalid: expected a number from 0 to below 1
      train.loss.j=0           | --set: train.loss.j = 0 is invalid: expected a number above 0
      sync.period=0            | --set: sync.period = 0 is invalid: expected a whole number from 1
      checkpoint.every=often   | --set: checkpoint.every = "often" is invalid: expected a value like "1 epoch", "1000 steps" or "never"
      checkpoint.every=0 steps | --set: checkpoint.every = "0 steps" is invalid: expected a value like "1 epoch", "1000 steps" or "never"
      checkpoint.keep=0        | --set: checkpoint.keep = 0 is invalid: expected a whole number from 1
      checkpoint.timeout=0s    | --set: checkpoint.timeout = "0s" is invalid: expected a duration above zero, such as 500ms, 60s or 2m
      evaluate.every=5 steps   | --set: evaluate.every = "5 steps" is invalid: expected a value like "1 epoch", "5 epochs" or "never"
      evaluate.batch-size=0    | --set: evaluate.batch-size = 0 is invalid: expected a whole number from 1
      cluster.executors=0      | --set: cluster.executors = 0 is invalid: expected a whole number from 1
      cluster.executors=9      | --set: cluster.executors = 9 is invalid: expected at most train.virtual-nodes (8)
      cluster.min-executors=3  | --set: cluster.min-executors = 3 is invalid: expected at most cluster.executors (2)
      cluster.cores-per-executor=0 | --set: cluster.cores-per-executor = 0 is invalid: expected a whole number from 1 to 1024
      cluster.memory=100m      | --set: cluster.memory = "100m" is invalid: expected a size from 512m to 1023g, such as 1536m or 2g
      cluster.attempts=0       | --set: cluster.attempts = 0 is invalid: expected a whole number from 1
      cluster.replicas=3       | --set: cluster.replicas = 3 is invalid: expected auto or a whole number from 0 to 2
      cluster.port-range=80-90 | --set: cluster.port-range = "80-90" is invalid: expected "0" (any free port) or a range from 1024 to 65535 such as "20000-20100"
      cluster.port-range=3000-2000 | --set: cluster.port-range = "3000-2000" is invalid: expected "0" (any free port) or a range from 1024 to 65535 such as "20000-20100"
      cluster.timeouts.collective=0s | --set: cluster.timeouts.collective = "0s" is invalid: expected a duration above zero, such as 500ms, 60s or 2m
      cluster.timeouts.barrier=5ms | --set: cluster.timeouts.barrier = "5ms" is invalid: expected at least 1s
      """)
  void becauseAValueIsImpossible(String set, String sentence) {
    assertRefused(set, sentence);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      data.format=idxx         | --set: data.format = "idxx" is invalid: expected one of {formats}; did you mean idx?
      train.optimizer.name=adam | --set: train.optimizer.name = "adam" is invalid: expected one of {optimizers}
      train.optimizer.name=sdg | --set: train.optimizer.name = "sdg" is invalid: expected one of {optimizers}; did you mean sgd?
      train.schedule.name=cosin | --set: train.schedule.name = "cosin" is invalid: expected one of {schedules}; did you mean cosine?
      train.loss.name=softmax  | --set: train.loss.name = "softmax" is invalid: expected one of auto, {losses}
      sync.mode=allreduce      | --set: sync.mode = "allreduce" is invalid: expected one of all-reduce, averaging; did you mean all-reduce?
      cluster.encrypt=true     | --set: cluster.encrypt = true is invalid: expected one of auto, on, off
      kernel.implementation=vectr | --set: kernel.implementation = "vectr" is invalid: expected one of {kernels}; did you mean vector?
      kernel.winograd=2        | --set: kernel.winograd = 2 is invalid: expected on or off
      """)
  void becauseANameIsUnknown(String set, String sentence) {
    String expected =
        sentence
            .replace("{formats}", listed(DatasetFormats.names()))
            .replace("{optimizers}", listed(Optimizers.names()))
            .replace("{schedules}", listed(Schedules.names()))
            .replace("{losses}", listed(Losses.names()))
            .replace("{kernels}", listed(KernelChoice.names()));
    assertRefused(set, expected);
  }

  private static String listed(List<String> names) {
    return String.join(", ", names);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      train.seed               | --set train.seed is invalid: expected key=value
      train.epochs=3#5         | --set train.epochs=3#5 is refused; # and // begin comments, so quote texts that have them with "…"
      train.epochs=3 // five   | --set train.epochs=3 // five is refused; # and // begin comments, so quote texts that have them with "…"
      data.class-names=[C#, F#] | --set data.class-names=[C#, F#] is refused; # and // begin comments, so quote texts that have them with "…"
      train.epochs=3, seed=4   | --set train.epochs=3, seed=4 is invalid: expected one key=value
      data.train=              | --set: data.train = "" is invalid: expected the path or URI of a folder
      train.seed={             | --set train.seed={ is refused; the value is no HOCON (quote texts with "…")
      train.seed=${convoy.nothing} | --set: train.seed = ${convoy.nothing} is refused; neither a key nor an environment variable convoy.nothing is set
      train..epochs=5          | --set train..epochs=5 is refused; the key train..epochs is malformed: single dots stand between its words
      .train=5                 | --set .train=5 is refused; the key .train is malformed: single dots stand between its words
      """)
  void becauseAnOverrideIsNotOne(String set, String sentence) {
    assertRefused(set, sentence);
  }
}
