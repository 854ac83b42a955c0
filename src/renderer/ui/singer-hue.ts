/** The eight singer hues in the order they are given out; hue means who sings, and nothing else. */
export const singerHues = ['coral', 'violet', 'mint', 'amber', 'aqua', 'orchid', 'lime', 'sky'] as const
export type SingerHue = (typeof singerHues)[number]

export const singerHue = (hueIndex: number): SingerHue => singerHues[((hueIndex % 8) + 8) % 8]
/** The CSS color of a singer: `var(--coral)`. */
export const singerColor = (hueIndex: number): string => `var(--${singerHue(hueIndex)})`
