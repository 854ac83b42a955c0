import { join } from 'node:path'
import { FailureError } from '../../../src/shared/base/errors.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import type { Act } from './act.ts'

/** A clip of three seconds is judged. */
export const inspect: Act = {
  name: 'inspect',
  weight: 1,
  async run(stage, random) {
    const voice = sungVoice('low')
    const from = random.integer(voice.length - 3 * VOICE_RATE_HZ)
    const path = join(stage.materials, `clip ${stage.ledger.nextNumber()}.wav`)
    writeVoice(path, [voice.slice(from, from + 3 * VOICE_RATE_HZ)])
    const job = await stage.done(stage.ask('singer:inspectClips', { files: [{ kind: 'path', path }] }))
    if (job.failure) throw new FailureError(job.failure)
  },
}
