package dev.convoy.data.shard;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An image that cannot be used.
 *
 * @param name of it in the source
 * @param file that holds it
 * @param kind of the fault, as a noun
 * @param detail what to do about it, or what exactly is wrong
 * @param sentence which says all of it
 */
public record SkippedImage(
    @JsonProperty("name") String name,
    @JsonProperty("file") String file,
    @JsonProperty("kind") String kind,
    @JsonProperty("detail") String detail,
    @JsonProperty("sentence") String sentence) {}
