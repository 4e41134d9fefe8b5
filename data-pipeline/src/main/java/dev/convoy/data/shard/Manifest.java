package dev.convoy.data.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.data.Account;
import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelSums;
import dev.convoy.data.Split;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code manifest.json}: what a folder of shards holds. Written last, so a folder without one is
 * not a dataset.
 *
 * @param formatVersion {@link #VERSION}
 * @param classes how many
 * @param classNames in the order of the labels
 * @param splits by their names in lower case, {@code train} or {@code validation} or both
 * @param leftOut items of the source that no split has, with the reasons
 * @param noted samples of which a person may want to know, such as those that were transparent
 * @param source where the samples came from, for people
 * @param options how they were prepared, for people
 */
public record Manifest(
    @JsonProperty("format_version") int formatVersion,
    @JsonProperty("classes") int classes,
    @JsonProperty("class_names") List<String> classNames,
    @JsonProperty("splits") Map<String, ShardedSplit> splits,
    @JsonProperty(LEFT_OUT) Account leftOut,
    @JsonProperty(NOTED) Account noted,
    @JsonProperty("source") String source,
    @JsonProperty("options") Map<String, String> options) {
  /** The version that this code writes and reads. */
  public static final int VERSION = 2;

  /** Its name in the folder. */
  public static final String FILE = "manifest.json";

  private static final String LEFT_OUT = "left_out";
  private static final String NOTED = "noted";

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
    if (splits.isEmpty()) {
      throw new IllegalArgumentException("there is no split");
    }
    classNames = List.copyOf(classNames);
    splits = new TreeMap<>(splits);
    options = new TreeMap<>(options);
  }

  /** Returns a split that is there, or null. */
  public ShardedSplit split(Split split) {
    return splits.get(name(split));
  }

  /** Returns the name of a split here, and of its folder. */
  public static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  /**
   * One split.
   *
   * @param imageShape what is known of its images
   * @param classCounts images of each class
   * @param skipped images of the source that were left out, because they are broken
   * @param fingerprint {@link dev.convoy.data.ContentDigest} of all its samples
   * @param pixels sums over its images, for {@code data.normalize = auto}; unknown in manifests of
   *     earlier versions
   * @param shards in the order of their samples
   */
  public record ShardedSplit(
      @JsonProperty("frame") ImageShape imageShape,
      @JsonProperty("samples") int samples,
      @JsonProperty("class_counts") List<Integer> classCounts,
      @JsonProperty("skipped") int skipped,
      @JsonProperty("fingerprint") String fingerprint,
      @JsonProperty("pixels") PixelSums pixels,
      @JsonProperty("shards") List<Shard> shards) {
    /** Checks that the shards' samples add up. */
    public ShardedSplit {
      classCounts = List.copyOf(classCounts);
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

  /** Returns the file's content. */
  public byte[] toJson() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  static Manifest parse(byte[] json, String where) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      int version = tree.path("format_version").asInt();
      if (version != VERSION) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s has the format version %d, but this version of Convoy reads %d",
                where,
                version,
                VERSION));
      }
      for (String account : List.of(LEFT_OUT, NOTED)) {
        if (!tree.has(account)) { // Earlier versions did not count it.
          ((ObjectNode) tree).putObject(account);
        }
      }
      for (JsonNode split : tree.path("splits")) {
        if (split instanceof ObjectNode object && !object.has("pixels")) {
          object.set("pixels", JSON.valueToTree(PixelSums.UNKNOWN));
        }
      }
      return JSON.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new DataException(where + " is not a manifest of shards: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new DataException(where + " is not a manifest of shards: " + e.getMessage(), e);
    }
  }
}
