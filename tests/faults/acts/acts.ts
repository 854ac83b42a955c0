import type { Random } from '../../../src/shared/base/random.ts'
import type { Act } from './act.ts'
import { analyze } from './analyze.ts'
import { convert } from './convert.ts'
import { exportMix } from './export.ts'
import { importNew } from './import.ts'
import { inspect } from './inspect.ts'
import { train } from './train.ts'

/** Saving and autosaving go on beside all of these. */
const acts: readonly Act[] = [convert, importNew, exportMix, inspect, analyze, train]

export function drawAct(random: Random, without: readonly string[] = []): Act {
  const open = acts.filter(({ name }) => !without.includes(name))
  let place = random.uniform() * open.reduce((sum, { weight }) => sum + weight, 0)
  return open.find(({ weight }) => (place -= weight) < 0) ?? open[0]
}
