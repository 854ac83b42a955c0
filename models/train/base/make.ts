import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openEngine } from '../../../src/main/compute/engines/backend.ts'
import { findEngine } from '../../../src/main/compute/engines/engines.ts'
import { baseFolder, loadBase, writeBase } from '../../../src/main/compute/models/base-store.ts'
import { writeAtomically } from '../../../src/main/files/atomic-write.ts'
import { applicationPaths } from '../../../src/main/paths.ts'
import type { TrainingPlan } from '../../../src/shared/training/presets.ts'
import { BASE_LICENCE, baseCard } from './card.ts'
import { writeDemoSingers } from './demo-singers.ts'
import { digestOfPeople, findPeople, secondsOf } from './people.ts'
import { hearPeople, trainBase } from './train-base.ts'

/**
 * Makes the bases and the demo singers that are shipped: see README.md here. The same recordings, seed and engine give
 * the same bytes; a run that was ended goes on where it was.
 */

const SIZES = ['fast', 'standard'] as const
/** The larger one was no better for singers that are enrolled into it. */
const SHIPPED_SIZE: (typeof SIZES)[number] = 'fast'
/** Of one person at most: nobody's voice outweighs the others'. */
const MOST_SEC = 420
/** No early end: the held-out phrases only choose the best of the last checks. */
const PLANS: Readonly<Record<(typeof SIZES)[number], TrainingPlan>> = {
  fast: { stepCount: 2400, checkSteps: 200, patience: Infinity },
  standard: { stepCount: 2400, checkSteps: 200, patience: Infinity },
}
const modelsFolder = resolve(import.meta.dirname, '../..')

const { values } = parseArgs({
  options: {
    audio: { type: 'string' },
    out: { type: 'string', default: modelsFolder },
    work: { type: 'string', default: resolve(modelsFolder, '../out/train-base') },
    engine: { type: 'string', default: 'wasm' },
    seed: { type: 'string', default: '1' },
    readings: { type: 'string', default: '0.5' },
    'no-cut': { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const engine = findEngine(values.engine)
const seed = Number(values.seed)
const readingShare = Number(values.readings)
if (values.audio === undefined || engine === undefined || !Number.isInteger(seed)) {
  process.stderr.write(
    'Usage: npm run train-base -- --audio <folder with manifest.json> [--engine wasm|tensorflow] [--seed 1]\n' +
      '         [--only fast|standard|singers] [--readings 0.5] [--no-cut] [--out <models folder>] [--work <folder>]\n',
  )
  process.exit(2)
}
const tell = (line: string) => void process.stdout.write(`${line}\n`)
const people = findPeople(resolve(values.audio), MOST_SEC, [], !values['no-cut'])
tell(`${people.length} people, ${people.reduce((sum, person) => sum + secondsOf(person), 0).toFixed(0)} s`)
const heard = await hearPeople(people, values.work, tell)
const { enginesFolder } = applicationPaths({ modelsFolder }, process.env)
await openEngine(engine, { enginesFolder, hasWindows: false })

for (const size of SIZES) {
  if ((values.only ?? SHIPPED_SIZE) !== size) continue
  const plan = PLANS[size]
  const base = await trainBase(heard, { size, plan, seed, readingShare, workFolder: values.work, tell })
  const folder = join(values.out, `spectral-autoencoder-${size}-v1`)
  const facts = {
    network: 'spectral-autoencoder',
    size,
    persons: base.persons,
    licence: BASE_LICENCE,
    dataDigest: digestOfPeople(people),
    stepCount: plan.stepCount,
    readingShare,
    seed,
    engine: engine.id,
    card: 'CARD.md',
  }
  const digest = writeBase(folder, base, facts)
  const card = baseCard({ size, people, plan, seed, readingShare, isCutTaken: !values['no-cut'], engine: engine.id })
  writeAtomically(join(folder, 'CARD.md'), new TextEncoder().encode(card))
  tell(`${size}: ${digest} in ${folder}`)
}
if (values.only === undefined || values.only === 'singers') {
  const base = loadBase(values.out, 'fast')
  if (base === null) throw new Error(`there is no fast base in ${values.out}: ${baseFolder(values.out, 'fast')}`)
  await writeDemoSingers(join(values.out, 'singers-demo-v1'), base, heard, { seed, engine: engine.id, tell })
}
// An engine's threads would keep the process.
process.exit(0)
