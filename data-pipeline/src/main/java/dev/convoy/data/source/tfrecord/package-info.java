/**
 * TFRecord files of {@code tf.train.Example}: the framing of records, the protobuf messages in
 * them, and which of their features hold image and label. Uses {@link
 * dev.convoy.data.source.files}.
 */
package dev.convoy.data.source.tfrecord;
