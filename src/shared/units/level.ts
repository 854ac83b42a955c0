/** Decibels, of amplitude unless a name says otherwise. */
export type Decibels = number
/** Linear amplitude factor. */
export type Gain = number

export const dbToGain = (db: Decibels): Gain => 10 ** (db / 20)
export const gainToDb = (gain: Gain): Decibels => 20 * Math.log10(gain)
