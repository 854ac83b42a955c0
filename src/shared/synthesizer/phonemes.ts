/** What the tract and the noise sources do for each sound of the lyrics. Hz are for the reference tract of 17 cm. */

export type Vowel = 'a' | 'e' | 'i' | 'o' | 'u' | 'neutral'
export const vowels: readonly Vowel[] = ['a', 'e', 'i', 'o', 'u', 'neutral']
export type Consonant = 's' | 'sh' | 'f' | 'h' | 't' | 'k' | 'p' | 'd' | 'm' | 'n' | 'l' | 'y' | 'w'

/** Resonances of the tract that a voice shapes; higher ones follow from the tract's length. */
export const SHAPED_FORMANT_COUNT = 6
export const REFERENCE_TRACT_CM = 17

export interface TractShape {
  readonly formantsHz: readonly number[]
  readonly bandwidthsHz: readonly number[]
}

/**
 * First three resonances near Peterson and Barney (1952, men), the fourth to sixth near Fant (1960);
 * bandwidths near Hawks and Miller (1995), a little wider at the top as in sung vowels.
 */
export const vowelShapes: Readonly<Record<Vowel, TractShape>> = {
  a: { formantsHz: [710, 1150, 2500, 3350, 4150, 4950], bandwidthsHz: [85, 95, 130, 190, 240, 300] },
  e: { formantsHz: [470, 1850, 2520, 3450, 4200, 5000], bandwidthsHz: [70, 95, 130, 190, 240, 300] },
  i: { formantsHz: [310, 2200, 2900, 3500, 4250, 5050], bandwidthsHz: [65, 90, 150, 200, 250, 300] },
  o: { formantsHz: [500, 870, 2430, 3250, 4100, 4900], bandwidthsHz: [75, 85, 120, 180, 240, 300] },
  u: { formantsHz: [330, 790, 2260, 3200, 4050, 4850], bandwidthsHz: [70, 80, 115, 180, 240, 300] },
  neutral: { formantsHz: [510, 1480, 2470, 3440, 4400, 5300], bandwidthsHz: [80, 95, 130, 190, 240, 300] },
}

/** One stretch of a consonant. Gains are 0…1 of the voice's own; `tract` null keeps the vowel's shape. */
export interface ConsonantPhase {
  readonly durationMs: number
  readonly voicing: number
  readonly aspiration: number
  readonly frication: Frication | null
  readonly tract: TractShape | null
}

export interface Frication {
  readonly gain: number
  readonly centerHz: number
  readonly bandwidthHz: number
}

const ALVEOLAR: TractShape = {
  formantsHz: [280, 1720, 2620, 3500, 4200, 5000],
  bandwidthsHz: [90, 120, 180, 230, 280, 320],
}
const VELAR: TractShape = {
  formantsHz: [280, 1850, 2150, 3300, 4150, 4950],
  bandwidthsHz: [90, 120, 160, 220, 280, 320],
}
const LABIAL: TractShape = {
  formantsHz: [270, 950, 2250, 3250, 4050, 4850],
  bandwidthsHz: [90, 120, 170, 220, 280, 320],
}
const nasal = (secondHz: number): TractShape => ({
  formantsHz: [255, secondHz, 2100, 2900, 3900, 4800],
  bandwidthsHz: [75, 280, 320, 360, 420, 460], // the nose takes energy from every resonance but the lowest
})
const LATERAL: TractShape = {
  formantsHz: [350, 1180, 2750, 3300, 4200, 5000],
  bandwidthsHz: [90, 160, 220, 280, 320, 360],
}

const voiced = (durationMs: number, voicing: number, tract: TractShape): ConsonantPhase => ({
  durationMs,
  voicing,
  aspiration: 0.2,
  frication: null,
  tract,
})
const hiss = (durationMs: number, frication: Frication, tract: TractShape): ConsonantPhase => ({
  durationMs,
  voicing: 0,
  aspiration: 0.12,
  frication,
  tract,
})
const closure = (durationMs: number, tract: TractShape, voicing = 0): ConsonantPhase => ({
  durationMs,
  voicing,
  aspiration: 0,
  frication: null,
  tract,
})
const puff = (durationMs: number, aspiration: number): ConsonantPhase => ({
  durationMs,
  voicing: 0,
  aspiration,
  frication: null,
  tract: null,
})

export const consonantPhases: Readonly<Record<Consonant, readonly ConsonantPhase[]>> = {
  s: [hiss(105, { gain: 0.62, centerHz: 6900, bandwidthHz: 2600 }, ALVEOLAR)],
  sh: [hiss(105, { gain: 0.7, centerHz: 3400, bandwidthHz: 1700 }, ALVEOLAR)],
  f: [hiss(85, { gain: 0.22, centerHz: 7400, bandwidthHz: 7000 }, LABIAL)],
  h: [puff(70, 0.85)],
  t: [closure(50, ALVEOLAR), hiss(12, { gain: 0.9, centerHz: 4700, bandwidthHz: 3200 }, ALVEOLAR), puff(28, 0.7)],
  k: [closure(50, VELAR), hiss(15, { gain: 0.85, centerHz: 2150, bandwidthHz: 1100 }, VELAR), puff(32, 0.75)],
  p: [closure(52, LABIAL), hiss(9, { gain: 0.5, centerHz: 1300, bandwidthHz: 2200 }, LABIAL), puff(26, 0.6)],
  d: [closure(42, ALVEOLAR, 0.16), hiss(8, { gain: 0.45, centerHz: 4300, bandwidthHz: 3200 }, ALVEOLAR)],
  m: [voiced(80, 0.5, nasal(1050))],
  n: [voiced(72, 0.5, nasal(1560))],
  l: [voiced(64, 0.6, LATERAL)],
  y: [voiced(58, 0.7, vowelShapes.i)],
  w: [voiced(60, 0.65, vowelShapes.u)],
}

export const consonantDurationMs = (consonant: Consonant): number =>
  consonantPhases[consonant].reduce((sum, phase) => sum + phase.durationMs, 0)
