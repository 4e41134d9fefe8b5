package dev.convoy.fuzz;

import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.config.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration file, or a text behind {@code --set}. */
final class ConfigTarget implements FuzzTarget {
  private final boolean set;
  private final Path file;

  /** Creates the target. */
  ConfigTarget(boolean set) {
    this.set = set;
    try {
      file = Files.createTempFile("fuzz", ".conf");
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return set ? "configuration-set" : "configuration-file";
  }

  @Override
  public List<byte[]> seeds() {
    List<String> texts =
        set
            ? List.of("train.steps=100", "data.normalize={mean: [0.5], std: [0.2]}")
            : List.of(
                """
                network { name = cifar-resnet20, classes = 10 } # a comment
                data {
                  format = idx
                  train = "/a/b", validation = /c
                  normalize { mean = [0.2860], std = [0.3530] }
                  augment { train = [mirror] }
                }
                train {
                  epochs = 3, batch-size = 128, virtual-nodes = 4
                  optimizer { name = sgd, momentum = 0.9, weight-decay = 1e-4 }
                  schedule { name = cosine, learning-rate = ${train.optimizer.momentum} }
                }
                """,
                "{\"network\":{\"name\":\"lenet5\"},\"data\":{\"train\":\"/a\"},\"train\":{\"steps\":9}}");
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Override
  public int inputsInShort() {
    return 150;
  }

  @Override
  public void read(byte[] input) throws IOException {
    if (set) {
      ConvoyConfig.load(
          ConvoyConfig.BUILTIN,
          List.of(
              "network.name=lenet5", "data.train=/a", new String(input, StandardCharsets.UTF_8)));
    } else {
      Files.write(file, input);
      ConvoyConfig.load(file.toString(), List.of());
    }
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(UserError.class);
  }

  /** The defaults are read for each input. */
  @Override
  public long mostAllocated(int inputBytes) {
    return (64L << 20) + 4_096L * inputBytes;
  }
}
