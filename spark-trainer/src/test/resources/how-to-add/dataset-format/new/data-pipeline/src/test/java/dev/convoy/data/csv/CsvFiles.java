package dev.convoy.data.csv;

import dev.convoy.data.Dataset;
import dev.convoy.data.Sample;
import dev.convoy.data.Split;
import dev.convoy.data.idx.IdxFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** Writes the samples of a folder of IDX files as comma-separated text. */
public final class CsvFiles {
  private CsvFiles() {}

  public static String of(String idx, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Split split : Split.values()) {
      try (Dataset dataset = new IdxFormat().open(new Configuration(), idx, split)) {
        String name = split.name().toLowerCase(Locale.ROOT) + ".csv";
        Files.write(folder.resolve(name), lines(dataset));
      }
    }
    return folder.toString();
  }

  private static List<String> lines(Dataset dataset) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(dataset.classes() + "," + dataset.imageShape().toString().replace('x', ','));
    Sample sample = new Sample();
    for (int i = 0; i < dataset.size(); i++) {
      dataset.read(i, sample);
      StringBuilder line = new StringBuilder().append(sample.label());
      for (int p = 0; p < sample.pixels().elements(); p++) {
        line.append(',').append(sample.pixels().values()[p] & 0xff);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
