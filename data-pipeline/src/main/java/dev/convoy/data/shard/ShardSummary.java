package dev.convoy.data.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.data.Account;
import dev.convoy.data.ContentDigest;
import dev.convoy.data.DataException;
import dev.convoy.data.ImageShape;
import dev.convoy.data.PixelSums;
import java.util.List;

/**
 * What one executor says of the shard that it wrote, for the driver to make the {@link Manifest}
 * of.
 *
 * @param shard the shard, or null if not one of its images was usable
 * @param imageShape of its images, or null
 * @param classCounts how many images each class has here
 * @param digest {@link ContentDigest} of its samples, without the classes
 * @param pixels sums over its images; null in what an earlier version has left
 * @param skipped images that were left out, each with the reason
 * @param noted images that were taken of which a person may want to know; null in what an earlier
 *     version has left
 */
public record ShardSummary(
    @JsonProperty("shard") Manifest.Shard shard,
    @JsonProperty("frame") ImageShape imageShape,
    @JsonProperty("class_counts") List<Integer> classCounts,
    @JsonProperty("digest") String digest,
    @JsonProperty("pixels") PixelSums pixels,
    @JsonProperty("skipped") List<SkippedImage> skipped,
    @JsonProperty("noted") Account noted) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fills in what an earlier version does not write. */
  public ShardSummary {
    noted = noted == null ? new Account() : noted;
  }

  /** Returns one line of JSON. */
  public String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns what {@link #toLine} wrote. */
  public static ShardSummary parse(String line, String where) {
    try {
      return JSON.readValue(line, ShardSummary.class);
    } catch (JsonProcessingException e) {
      throw new DataException(where + " is no summary of a shard: " + e.getOriginalMessage(), e);
    }
  }
}
