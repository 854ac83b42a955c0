import { FailureError } from '../../../src/shared/base/errors.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import { convertPart, drawConversion } from '../acts/convert.ts'
import { exportSong } from '../acts/export.ts'
import { saveSong, type Stage } from '../stage.ts'
import type { Invariant } from './invariant.ts'

const works: readonly (readonly [string, (stage: Stage) => Promise<void>])[] = [
  ['save', (stage) => saveSong(stage)],
  ['conversion', (stage) => convertPart(stage, drawConversion(stage, createRandom(stage.ledger.nextNumber())))],
  ['export', exportSong],
]

export const workGoesOn: Invariant = {
  claim: 'the next save, the next conversion and the next export work',
  async check(stage) {
    const complaints: string[] = []
    for (const [name, work] of works) {
      try {
        await work(stage)
      } catch (cause) {
        if (!(cause instanceof FailureError)) throw cause
        complaints.push(`the next ${name} failed with ${cause.failure.code}: ${cause.failure.message}`)
      }
    }
    return complaints
  },
}
