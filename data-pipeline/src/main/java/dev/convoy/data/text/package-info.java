/**
 * The small text files beside images: lists of classes, tables of labels. One place decides how
 * their bytes become lines and their lines become names, whatever the format of the dataset.
 */
package dev.convoy.data.text;
