import { join } from 'node:path'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import { importStem } from '../stage.ts'
import type { Act } from './act.ts'

const STEM_SAMPLES = 2 * VOICE_RATE_HZ

/** A stem of two seconds that was never heard before; it has to be resampled. */
export const importNew: Act = {
  name: 'import',
  weight: 2,
  async run(stage, random) {
    const voice = sungVoice('lead')
    const from = random.integer(voice.length - STEM_SAMPLES)
    const path = join(stage.materials, `stem ${stage.ledger.nextNumber()}.wav`)
    writeVoice(path, [voice.slice(from, from + STEM_SAMPLES).map((sample) => sample * 0.9)], 44_100)
    const source = await importStem(stage, path)
    stage.sources.push(source)
  },
}
