/** Performers get so many hues in turn; a hue is an index below it. */
export const HUE_COUNT = 8
