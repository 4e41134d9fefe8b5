/**
 * Folders of images: a folder for each class, with or without folders of splits around them, and
 * validation images in one folder with a text that gives their classes. Uses {@link
 * dev.convoy.data.source.files}.
 */
package dev.convoy.data.source.folder;
