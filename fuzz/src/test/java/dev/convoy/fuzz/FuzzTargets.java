package dev.convoy.fuzz;

import dev.convoy.collective.transport.FrameTarget;
import dev.convoy.collective.transport.HandshakeTarget;
import dev.convoy.data.shard.ShardTarget;
import dev.convoy.data.source.tfrecord.TfRecordFormat;
import dev.convoy.data.source.webdataset.WebDatasetFormat;
import dev.convoy.spark.checkpoint.CheckpointStateTarget;
import dev.convoy.weights.SafetensorsTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Named;

/** The readers. */
final class FuzzTargets {
  private static final byte[] CLASSES = "cat\ndog\nbird\n".getBytes(StandardCharsets.UTF_8);
  private static final String RECORDS = "train-00000-of-00001";

  static final List<FuzzTarget> ALL =
      List.of(
          new FrameTarget(false),
          new FrameTarget(true),
          new HandshakeTarget(true),
          new HandshakeTarget(false),
          new SafetensorsTarget(),
          new ShardTarget(ShardTarget.Part.MANIFEST),
          new ShardTarget(ShardTarget.Part.INDEX),
          new ShardTarget(ShardTarget.Part.SHARD),
          new ShardTarget(ShardTarget.Part.RECORD),
          new CheckpointStateTarget(),
          new IdxTarget(true),
          new IdxTarget(false),
          new FolderTarget(
              "tfrecord",
              new TfRecordFormat(),
              Map.of("labels.txt", CLASSES),
              RECORDS,
              TfRecordSeeds.joined(
                  TfRecordSeeds.record(TfRecordSeeds.example(0)),
                  TfRecordSeeds.record(TfRecordSeeds.example(1)))),
          new ExampleTarget(),
          new TarTarget(),
          new FolderTarget(
              "webdataset",
              new WebDatasetFormat(),
              Map.of("classes.txt", CLASSES),
              "train.tar",
              tar()),
          new FolderTarget(
              "list-of-classes",
              new TfRecordFormat(),
              Map.of(RECORDS, TfRecordSeeds.record(TfRecordSeeds.example(0))),
              "labels.txt",
              CLASSES),
          ImageSeeds.target("jpeg", "jpe?g"),
          ImageSeeds.target("png", "png"),
          ImageSeeds.target("gif", "gif"),
          ImageSeeds.target("bmp", "bmp"),
          ImageSeeds.target("pnm", "p[bgp]m"),
          new ConfigTarget(false),
          new ConfigTarget(true));

  private FuzzTargets() {}

  /** Returns all targets, as tests take and print them. */
  static Stream<Named<FuzzTarget>> all() {
    return ALL.stream().map(target -> Named.of(target.name(), target));
  }

  /** Returns the target of that name. */
  static FuzzTarget named(String name) {
    return ALL.stream().filter(target -> target.name().equals(name)).findFirst().orElseThrow();
  }

  private static byte[] tar() {
    try {
      return TarTarget.tar(
          TarArchiveOutputStream.LONGFILE_POSIX, "a.jpg", "a.cls", "b.jpg", "b.cls");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
