/**
 * WebDataset's tars: members that share a key are one sample. Uses {@link
 * dev.convoy.data.source.files}.
 */
package dev.convoy.data.source.webdataset;
