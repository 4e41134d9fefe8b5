package dev.convoy.fuzz;

import dev.convoy.data.DataException;
import dev.convoy.data.source.tfrecord.TfRecordFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The message in a TFRecord whose checksums are right. */
final class ExampleTarget implements FuzzTarget {
  private static final String FILE = "train-00000-of-00001";

  @Override
  public String name() {
    return "example-proto";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(TfRecordSeeds.example(0), TfRecordSeeds.example(2));
  }

  @Override
  public void read(byte[] input) throws IOException {
    byte[] record = TfRecordSeeds.record(input);
    byte[] classes = "cat\ndog\nbird\n".getBytes(StandardCharsets.UTF_8);
    new FolderTarget(name(), new TfRecordFormat(), Map.of("labels.txt", classes), FILE, record)
        .read(record);
  }

  @Override
  public List<Class<? extends Exception>> refusals() {
    return List.of(DataException.class);
  }

  @Override
  public String named() {
    return FILE;
  }
}
