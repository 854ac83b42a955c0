import { hzToCents } from '../units/pitch.ts'
import { dio, harvest, stoneMask } from '../world/index.ts'
import { gatherEvidence } from './autocorrelation/evidence.ts'
import { defaultPitchRange, type PitchTracker } from './tracker.ts'

/** Farther apart, Harvest and the decided path follow different notes. */
const sameNoteCents = 80

/** Harvest as published; its confidence is the evidence that the autocorrelation finds. */
export const harvestTracker: PitchTracker = {
  id: 'harvest',
  label: 'Harvest',
  track(x, fs, options = {}, kernel) {
    const f0Hz = harvest(x, fs, { ...defaultPitchRange, ...options }, kernel)
    return { f0Hz, confidence: gatherEvidence(x, fs, options).confidence }
  },
}

/** DIO refined by StoneMask, as published; confidence as Harvest's. */
export const dioTracker: PitchTracker = {
  id: 'dio',
  label: 'DIO + StoneMask',
  track(x, fs, options = {}, kernel) {
    const found = dio(x, fs, { ...defaultPitchRange, ...options }, kernel)
    const f0Hz = stoneMask(x, fs, found, options.framePeriodSec, kernel)
    return { f0Hz, confidence: gatherEvidence(x, fs, options).confidence }
  },
}

/** Voicing and octave by the autocorrelation's path, the pitch itself by Harvest where both follow the same note. */
export const voicedHarvestTracker: PitchTracker = {
  id: 'harvest-voiced',
  label: 'Harvest, voicing decided',
  track(x, fs, options = {}, kernel) {
    const found = harvest(x, fs, { ...defaultPitchRange, ...options }, kernel)
    const { f0Hz, confidence } = gatherEvidence(x, fs, options)
    const chosen = f0Hz.map((hz, i) =>
      hz > 0 && found[i] > 0 && Math.abs(hzToCents(found[i], hz)) < sameNoteCents ? found[i] : hz,
    )
    return { f0Hz: chosen, confidence }
  },
}
