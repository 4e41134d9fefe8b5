/**
 * Convoy's own format: samples in a few large files, any of which is reached directly, with
 * checksums that are verified on the way to every sample.
 *
 * <pre>
 *   folder/manifest.json              Manifest: classes, shards, their sizes and digests
 *   folder/train/shard-00000.seq      a Hadoop SequenceFile of ShardRecords
 *   folder/train/shard-00000.index    ShardIndex: where each record lies, and its checksum
 *   folder/validation/...
 * </pre>
 *
 * <p>Touches files through Hadoop's {@code FileSystem} only.
 */
package dev.convoy.data.shard;
