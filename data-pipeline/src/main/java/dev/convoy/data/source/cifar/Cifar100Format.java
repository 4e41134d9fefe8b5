package dev.convoy.data.source.cifar;

import dev.convoy.data.DataFolder;
import dev.convoy.data.source.Source;
import dev.convoy.data.source.SourceFormat;
import dev.convoy.data.text.ClassNames;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The binary version of CIFAR-100, unpacked; its labels are those of the 100 fine classes. */
public final class Cifar100Format implements SourceFormat {
  private static final String UNPACKED = "cifar-100-binary";
  private static final String NAMES = "fine_label_names.txt";

  @Override
  public String name() {
    return "cifar100";
  }

  @Override
  public String expects() {
    return "train.bin, test.bin and " + NAMES + ", which `tar -xzf cifar-100-binary.tar.gz` makes";
  }

  @Override
  public Source open(Configuration hadoop, String uri) throws IOException {
    DataFolder given = DataFolder.existing(hadoop, uri);
    DataFolder folder = CifarFolder.find(given, UNPACKED, NAMES, expects());
    List<String> names = ClassNames.parse(folder.text(NAMES)).names();
    return new CifarRecords(folder, 2, names, List.of("train.bin"), List.of("test.bin"));
  }
}
