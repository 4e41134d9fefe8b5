package dev.convoy.data.source.mnist;

import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.Dataset;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.idx.IdxFormat;
import dev.convoy.data.source.Entry;
import dev.convoy.data.source.Framing;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.source.SourceOptions;
import dev.convoy.data.source.Stored;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/** MNIST's four files, plain or {@code .gz}, as {@link IdxFormat} reads them. */
public final class MnistFormat implements SourceFormat {
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
    return open(hadoop, uri, SourceOptions.DEFAULT);
  }

  @Override
  public Source open(Configuration hadoop, String uri, SourceOptions options) throws IOException {
    options.refuseKeys(name());
    IdxFormat format = new IdxFormat();
    int first = options.firstLabelOr(format.classes(hadoop, uri).first());
    try (Dataset validation = format.open(hadoop, uri, Split.VALIDATION, first)) {
      return new Mnist(hadoop, uri, first, validation.classNames(), stored(validation));
    }
  }

  private static Stored stored(Dataset dataset) {
    return new Stored(
        Stored.Order.HWC,
        dataset.imageShape().height(),
        dataset.imageShape().width(),
        dataset.imageShape().channels());
  }

  /** A split is one part. */
  private record Mnist(
      Configuration hadoop, String uri, int firstLabel, List<String> classNames, Stored stored)
      implements Source {
    @Override
    public List<String> notices() {
      return SourceOptions.firstLabelNotices(
          List.of(), firstLabel, "as its list of classes is numbered");
    }

    @Override
    public List<String> parts(Split split, Account leftOut) throws IOException {
      // Opening it checks it.
      try (Dataset dataset = new IdxFormat().open(hadoop, uri, split, firstLabel)) {
        if (!MnistFormat.stored(dataset).equals(stored)) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "the images of %s are %s for training, but %dx%dx%d for validation",
                  uri,
                  dataset.imageShape(),
                  stored.height(),
                  stored.width(),
                  stored.channels()));
        }
      }
      return List.of(split.name());
    }

    @Override
    public void list(String part, Consumer<Entry> found, Account leftOut) throws IOException {
      Split split = Split.valueOf(part);
      IdxFormat format = new IdxFormat();
      IdxFormat.ImagesFile images = format.imagesFile(hadoop, uri, split);
      Framing framing = images.gzip() ? Framing.GZIP : Framing.PLAIN;
      int bytes = stored.height() * stored.width() * stored.channels();
      Sample sample = new Sample();
      try (Dataset dataset = format.open(hadoop, uri, split, firstLabel)) {
        for (int i = 0; i < dataset.size(); i++) {
          dataset.read(i, sample);
          long offset = IdxFormat.IMAGES_HEADER_BYTES + (long) i * bytes;
          String name = "image " + i;
          found.accept(new Entry(images.file(), offset, bytes, sample.label(), name, framing));
        }
      }
    }
  }
}
