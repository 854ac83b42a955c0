import { writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src/shared/base/random.ts'
import { openStage } from '../faults/stage.ts'
import { liveThrough } from './cycle.ts'
import { quantities, read, type Reading } from './readings.ts'
import { growsBeyond, trendOf } from './trend.ts'

/**
 * `npm run test:soak`: the same work is done again and again by the real host, and what it holds is read after each
 * time. What grows over the second half beyond its tolerance and its own noise is a leak. `--cycles N`, `--seed N`.
 */
const { values } = parseArgs({
  options: { cycles: { type: 'string', default: '500' }, seed: { type: 'string', default: '1' } },
})
const [cycles, seed] = [values.cycles, values.seed].map(Number)
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => process.exit(1))
const tell = (line: string): void => void writeSync(1, `${line}\n`)
const names = Object.keys(quantities) as (keyof Reading)[]
const row = (first: string, cells: readonly string[]) =>
  tell(first.padEnd(16) + cells.map((cell, at) => cell.padStart(Math.max(names[at].length, 7) + 3)).join(''))
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

const random = createRandom(seed)
const stage = await openStage(random)
const startMs = performance.now()
const readings: Reading[] = []
/** The first time it begins a singer, and later it learns on: what follows is the same each time. */
const LEARNING_EVERY = 20
const tenths = Math.max(1, Math.round(cycles / 10))
row('cycles', names)
try {
  for (let cycle = 1; cycle <= cycles; cycle++) {
    await liveThrough(stage, random, cycle % LEARNING_EVERY === 1)
    readings.push(await read(stage))
    const last = readings.slice(-tenths)
    if (cycle % tenths === 0)
      row(
        `${cycle - last.length + 1}–${cycle}`,
        names.map((name) => mean(last.map((reading) => reading[name])).toFixed(1)),
      )
  }
} finally {
  await stage.close()
}
const second = readings.slice(Math.floor(readings.length / 2))
const series = (name: keyof Reading) => second.map((reading) => reading[name])
row(
  'growth',
  names.map((name) => trendOf(series(name)).growth.toFixed(1)),
)
row(
  '± error',
  names.map((name) => trendOf(series(name)).error.toFixed(1)),
)
row(
  'tolerated',
  names.map((name) => String(quantities[name])),
)
const leaks = names.filter((name) => growsBeyond(series(name), quantities[name]))
const seconds = (performance.now() - startMs) / 1000
tell(
  `${cycles} cycles in ${seconds.toFixed(0)} s, seed ${seed}: ${leaks.length === 0 ? 'nothing grows' : `${leaks.join(', ')} grows`}`,
)
process.exit(leaks.length === 0 && stage.complaints.length === 0 ? 0 : 1)
