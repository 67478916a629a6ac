"""The look of the house: base pages, components, styles, icons, text and letters; knows no domain word."""
