/**
 * What people have on disk, and where each image of it lies: what a format promises ({@link
 * dev.convoy.data.source.SourceFormat}, {@link dev.convoy.data.source.Source}), where an image lies
 * ({@link dev.convoy.data.source.Entry}) and how its bytes are fetched ({@link
 * dev.convoy.data.source.ByteRanges}).
 *
 * <p>Each family of formats has a package below: {@code folder}, {@code imagenet}, {@code
 * tfrecord}, {@code webdataset}, {@code mnist} and {@code cifar}; {@code files} holds what several
 * of them share. They use this package, which knows none of them. {@link
 * dev.convoy.data.prepare.SourceFormats} lists the formats, and {@link dev.convoy.data.prepare}
 * makes shards of what they find. Touches files through Hadoop's {@code FileSystem} only.
 */
package dev.convoy.data.source;
