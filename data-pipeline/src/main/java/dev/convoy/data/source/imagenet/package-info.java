/**
 * ILSVRC 2012: the official tars with the development kit, or what people unpack them to. Uses
 * {@link dev.convoy.data.source.folder} for the latter and {@link dev.convoy.data.source.files}.
 */
package dev.convoy.data.source.imagenet;
