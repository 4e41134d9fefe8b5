package dev.convoy.data.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.data.DataException;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * {@code manifest.json}: what a folder of shards holds. Written last, so a folder without one is
 * not a dataset.
 *
 * @param formatVersion {@link #VERSION}
 * @param classes how many
 * @param classNames in the order of the labels
 * @param train the training split
 * @param validation the validation split
 * @param source where the samples came from, for people
 * @param options how they were prepared, for people
 */
public record Manifest(
    @JsonProperty("format_version") int formatVersion,
    @JsonProperty("classes") int classes,
    @JsonProperty("class_names") List<String> classNames,
    @JsonProperty("train") ShardedSplit train,
    @JsonProperty("validation") ShardedSplit validation,
    @JsonProperty("source") String source,
    @JsonProperty("options") Map<String, String> options) {
  /** The version that this code writes and reads. */
  public static final int VERSION = 1;

  static final String FILE = "manifest.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** Checks that the numbers agree with each other. */
  public Manifest {
    if (classes < 1 || classes != classNames.size()) {
      throw new IllegalArgumentException(classes + " classes have " + classNames.size() + " names");
    }
    classNames = List.copyOf(classNames);
    options = Map.copyOf(options);
  }

  /**
   * One split.
   *
   * @param fingerprint {@link dev.convoy.data.ContentDigest} of all its samples
   * @param shards in the order of their samples
   */
  public record ShardedSplit(
      @JsonProperty("shape") Shape shape,
      @JsonProperty("samples") int samples,
      @JsonProperty("fingerprint") String fingerprint,
      @JsonProperty("shards") List<Shard> shards) {
    /** Checks that the shards' samples add up. */
    public ShardedSplit {
      shards = List.copyOf(shards);
      long sum = shards.stream().mapToLong(Shard::samples).sum();
      if (samples < 1 || sum != samples) {
        throw new IllegalArgumentException(
            "a split of " + samples + " samples has shards of " + sum);
      }
    }
  }

  /**
   * One shard, whose samples follow those of the shard before.
   *
   * @param file relative to the dataset's folder
   * @param bytes of the shard
   * @param sha256 of the shard
   * @param index the index's file, relative to the dataset's folder
   * @param indexSha256 of the index
   */
  public record Shard(
      @JsonProperty("file") String file,
      @JsonProperty("samples") int samples,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("sha256") String sha256,
      @JsonProperty("index") String index,
      @JsonProperty("index_sha256") String indexSha256) {
    /** Checks that the shard is not empty. */
    public Shard {
      if (samples < 1 || bytes < 1) {
        throw new IllegalArgumentException("the shard " + file + " is empty");
      }
    }
  }

  byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  static Manifest parse(byte[] json, String where) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      int version = tree.path("format_version").asInt();
      if (version != VERSION) {
        throw new DataException(
            String.format(
                "%s has the format version %d, but this version of Convoy reads %d",
                where, version, VERSION));
      }
      return JSON.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new DataException(where + " is not a manifest of shards: " + e.getOriginalMessage(), e);
    }
  }
}
