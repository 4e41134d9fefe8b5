package dev.convoy.data.source.cifar;

import dev.convoy.data.DataFolder;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.text.ClassNames;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** The binary version of CIFAR-10, unpacked. */
public final class Cifar10Format implements SourceFormat {
  private static final String UNPACKED = "cifar-10-batches-bin";
  private static final String NAMES = "batches.meta.txt";

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String expects() {
    return "data_batch_1.bin to data_batch_5.bin, test_batch.bin and batches.meta.txt, which"
        + " `tar -xzf cifar-10-binary.tar.gz` makes";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder given = DataFolder.existing(hadoop, uri);
    DataFolder folder = CifarFolder.find(given, UNPACKED, NAMES, expects());
    List<String> train =
        IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
    List<String> names = ClassNames.parse(folder.text(NAMES)).names();
    return new CifarRecords(folder, 1, names, train, List.of("test_batch.bin"));
  }
}
