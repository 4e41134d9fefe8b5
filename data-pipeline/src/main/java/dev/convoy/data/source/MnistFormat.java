package dev.convoy.data.source;

import dev.convoy.data.Account;
import dev.convoy.data.Dataset;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.idx.IdxFormat;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** MNIST's four files, plain or {@code .gz}, as {@link IdxFormat} reads them. */
final class MnistFormat implements SourceFormat {
  @Override
  public String name() {
    return "mnist";
  }

  @Override
  public String expects() {
    return "train-images-idx3-ubyte, train-labels-idx1-ubyte and the same with t10k, each perhaps"
        + " with .gz, and perhaps classes.txt";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    IdxFormat format = new IdxFormat();
    try (Dataset validation = format.open(hadoop, uri, Split.VALIDATION)) {
      return new Mnist(
          hadoop,
          uri,
          validation.classNames(),
          new Stored(
              Stored.Order.HWC,
              validation.frame().height(),
              validation.frame().width(),
              validation.frame().channels()));
    }
  }

  /** A split is one part. */
  private record Mnist(Configuration hadoop, String uri, List<String> classNames, Stored stored)
      implements Source {
    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      // Opening it checks it.
      new IdxFormat().open(hadoop, uri, split).close();
      return List.of(split.name());
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      Split split = Split.valueOf(part);
      IdxFormat format = new IdxFormat();
      String file = format.imagesFile(hadoop, uri, split);
      int bytes = stored.height() * stored.width() * stored.channels();
      Sample sample = new Sample();
      try (Dataset dataset = format.open(hadoop, uri, split)) {
        for (int i = 0; i < dataset.size(); i++) {
          dataset.read(i, sample);
          long offset = IdxFormat.IMAGES_HEADER_BYTES + (long) i * bytes;
          found.accept(new Entry(file, offset, bytes, sample.label(), "image " + i));
        }
      }
    }
  }
}
