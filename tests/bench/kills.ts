import { join, resolve } from 'node:path'
import { findEngine } from '../../src/main/compute/engines/engines.ts'
import type { EngineChoice } from '../../src/main/compute/workers/worker-process.ts'
import { singersOf } from '../../src/main/compute/training/training-run.ts'
import { createWavWriter } from '../../src/main/files/wav-file.ts'
import type { SourceId } from '../../src/shared/base/id.ts'
import { createRandom, type Random } from '../../src/shared/base/random.ts'
import type { LearningSinger, TrainRequest } from '../../src/shared/contract/compute.ts'
import { makeSingerClips } from '../../src/shared/synthesizer/demo-song.ts'
import { voices } from '../../src/shared/synthesizer/voices.ts'
import { differences, drawDeath, traces, trainThrough } from '../support/killed-training.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'

/**
 * `npm run test:kills`: has the same singer learn again and again, enrolled into the shipped base, from scratch, and
 * together with another, while its worker is killed at random moments (seeded), half of them in the middle of writing a
 * file, until fifty kills came to pass; what each training leaves is compared with what one left in peace leaves, byte
 * for byte. `--kills N`, `--ways enroll scratch jointly`, `--engine ID` with `--engines DIR` where that is installed.
 */
const optionOf = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
/** Left to themselves, two singers learn together and are enrolled each: stages that follow each other. */
const methods = { enroll: 'enroll', scratch: 'scratch', jointly: 'automatic' } as const
type Way = keyof typeof methods
const allWays: readonly Way[] = ['enroll', 'scratch', 'jointly']
const named = allWays.filter((way) => process.argv.includes(way))
const ways = named.length === 0 ? allWays : named
const wantedKills = Number(optionOf('--kills', '50'))
const KILLS_PER_TRAINING = 10
/** Checks often, so that a life sees several files. */
const plan = { stepCount: 24, checkSteps: 8, patience: 9 }
const rateHz = 24_000
const SEED = 2026

const folder = makeTemporaryFolder()
const environment = {
  modelsFolder: resolve(import.meta.dirname, '../../models'),
  enginesFolder: optionOf('--engines', '') || null,
}
const engineId = optionOf('--engine', 'wasm')
const found = findEngine(engineId)
if (found === undefined) throw new Error(`“${engineId}” is no engine of this program`)
const engine: EngineChoice = { id: found.id, reason: 'for this test', isProven: true }

const sung = { Low: voices.low, High: voices.high } as const
for (const [name, voice] of Object.entries(sung)) {
  const writer = createWavWriter(join(folder, `${name}.wav`), { rateHz, channelCount: 1, encoding: 'float32' })
  for (const { samples } of makeSingerClips(voice, 2, rateHz, 3)) writer.write([samples])
  writer.finish()
}

const singer = (name: keyof typeof sung, run: string): LearningSinger => ({
  clips: [{ clipId: name as string as SourceId, fileName: `${name}.wav`, path: join(folder, `${name}.wav`) }], // an id for this alone
  name,
  consent: 'a synthesized voice',
  licence: 'CC0-1.0',
  workFolder: join(folder, `${run}-${name}`),
  singerPath: join(folder, `${run}-${name}.singer`),
})
const request = (way: Way, run: string): TrainRequest => ({
  ...singer('Low', `${way}-${run}`),
  ...(way === 'jointly' ? { beside: [singer('High', `${way}-${run}`)] } : {}),
  createdAtMs: 1_700_000_000_000,
  preset: 'quick',
  method: methods[way],
  plan,
  size: 'fast',
  seed: 1,
})
/** Of all its singers. */
const tracesOf = (asked: TrainRequest): ReadonlyMap<string, Buffer> =>
  new Map(singersOf(asked).flatMap((one) => [...traces(one)].map(([name, bytes]) => [`${one.name}: ${name}`, bytes])))

const tell = (line: string): void => void process.stdout.write(`${line}\n`)

/** Has the singer learn that way until so many kills came to pass; gives how many trainings ended otherwise. */
async function killAlong(way: Way, wanted: number, random: Random): Promise<number> {
  const peaceful = request(way, 'peaceful')
  const { reports } = await trainThrough(peaceful, [], environment, engine)
  const expected = tracesOf(peaceful)
  tell(`${way}, ${engineId}: ${plan.stepCount} steps, ${expected.size} files, ${reports} reports of progress in peace`)
  let kills = 0
  let broken = 0
  for (let training = 1; kills < wanted; training++) {
    const count = Math.min(KILLS_PER_TRAINING, wanted - kills)
    const killed = request(way, `killed-${training}`)
    // A training of three checks writes some twenty files; a life sees a part of them.
    const deaths = Array.from({ length: count }, () => drawDeath(random, Math.ceil(reports / 3), 8))
    const outcome = await trainThrough(killed, deaths, environment, engine)
    const different = differences(expected, tracesOf(killed))
    kills += outcome.kills
    if (different.length > 0) broken++
    const writing = deaths.slice(0, outcome.kills).filter(({ kind }) => kind === 'while-writing').length
    const words = different.length === 0 ? 'the same bytes' : `DIFFERENT: ${different.join(', ')}`
    tell(`${way}, training ${training}: killed ${outcome.kills} times, ${writing} while writing: ${words}`)
  }
  return broken
}

const startMs = performance.now()
try {
  const share = (place: number) => Math.round((place * wantedKills) / ways.length)
  // Side by side: a life spends most of its time in starting, on one processor.
  const broken = (
    await Promise.all(
      ways.map((way, index) => killAlong(way, share(index + 1) - share(index), createRandom(SEED + index))),
    )
  ).reduce((sum, count) => sum + count, 0)
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0)
  tell(`${wantedKills} kills in ${seconds} s, ${broken} trainings that ended otherwise than in peace`)
  process.exitCode = broken === 0 ? 0 : 1
} finally {
  removeFolder(folder)
}
process.exit()
