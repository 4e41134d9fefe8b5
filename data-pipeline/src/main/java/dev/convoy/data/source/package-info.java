/**
 * What people have on disk: official archives, folders, TFRecords, WebDataset tars. One file each
 * finds where every image lies; {@link dev.convoy.data.shard} makes shards of that. Touches files
 * through Hadoop's {@code FileSystem} only.
 */
package dev.convoy.data.source;
