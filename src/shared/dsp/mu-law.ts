/** Levels of the companding: a sample is one of 256. */
export const MU_LAW_LEVELS = 256
/** The level of silence. */
export const SILENT_LEVEL = 128

const LOG_LEVELS = Math.log(MU_LAW_LEVELS)

/**
 * The nearest level, 0…255, of a sample −1…1 by µ-law companding (µ = 255). Level q stands for the companded value
 * (q − 128) / 128, so that silence is a level; +1 has none of its own and takes 255.
 */
export function muLawLevel(sample: number): number {
  const companded = (Math.sign(sample) * Math.log1p(255 * Math.abs(sample))) / LOG_LEVELS
  return Math.min(Math.max(Math.floor(128 * companded + 128.5), 0), 255)
}

/** The sample that a level stands for; coding it gives the level back. */
export function muLawSample(level: number): number {
  const companded = (level - SILENT_LEVEL) / 128
  return (Math.sign(companded) * Math.expm1(Math.abs(companded) * LOG_LEVELS)) / 255
}
