import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadBase } from '../../src/main/compute/models/base-store.ts'
import { toTrainingClip } from '../../src/main/compute/clips/clip-analysis.ts'
import { openFastestEngine } from '../../src/main/evaluation/open-fastest-engine.ts'
import type { TrainingMethod } from '../../src/shared/contract/library.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { automaticSemitones } from '../../src/shared/conversion/automatic-transposition.ts'
import { sampleAugmentation } from '../../src/shared/conversion/augmentation.ts'
import { FRAMES_PER_SEC } from '../../src/shared/conversion/features.ts'
import { enrollSinger } from '../../src/shared/conversion/enroll.ts'
import { singerRegister, voiceRegister } from '../../src/shared/conversion/pitch-plan.ts'
import { prepareSinger, type PreparedSinger } from '../../src/shared/conversion/prepared-singer.ts'
import { sliceFeatures } from '../../src/shared/conversion/sliced-features.ts'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { errorDb } from '../../src/shared/training/disguised-phrases.ts'
import { splitEachSinger } from '../../src/shared/training/phrases.ts'
import { enrolmentPlans, trainingPlans } from '../../src/shared/training/presets.ts'
import { createTrainer, type Trainer } from '../../src/shared/training/trainer.ts'
import { enrolmentInto } from '../../src/shared/training/tuning.ts'
import { createConverter } from '../../models/train/experiments/convert.ts'
import { openCorpus, type Person } from '../../models/train/experiments/corpus.ts'
import { trainJudge, type Judge, type Pair } from '../../models/train/experiments/judge.ts'
import { choosePairs } from '../../models/train/experiments/pairs.ts'
import { variants } from '../../models/train/experiments/variants.ts'
import { formatMeans, formatRow, headOfRows, noFigures, type JudgedFigures, type WayRow } from './method-rows.ts'

/**
 * `npm run bench:ways -- --audio DIR --seconds 30,100`: the same people learned in every way from clips of so
 * many seconds. The figures of their held-out phrases stand beside those of judges trained apart, which is what says
 * whether a training may choose its way by the former.
 */
const { values } = parseArgs({
  options: {
    audio: { type: 'string', default: '.' },
    kind: { type: 'string', default: '' },
    persons: { type: 'string', default: '' },
    seconds: { type: 'string', default: '30,100' },
    ways: { type: 'string', default: 'enroll,scratch,joint' },
    preset: { type: 'string', default: 'normal' },
    pairs: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    cache: { type: 'string', default: join(homedir(), '.cache/understudy-experiments') },
    engines: { type: 'string', default: process.env['UNDERSTUDY_HOME'] ?? '' },
  },
})
const seed = Number(values.seed)
const preset = values.preset as keyof typeof trainingPlans // an unknown one has no plan and throws at once
const tell = (line: string): void => void process.stderr.write(`${line}\n`)
const { label, work } = await openFastestEngine(values.engines === '' ? null : join(values.engines, 'engines'))
tell(`engine: ${label}`)
const base = loadBase(resolve(import.meta.dirname, '../../models'), 'fast')
if (base === null) throw new Error('No base of the fast size is shipped')
const corpus = await openCorpus(
  { folder: resolve(values.audio), cacheFolder: values.cache, kind: values.kind, persons: new RegExp(values.persons) },
  tell,
)
const pairs = choosePairs(corpus.persons, Number(values.pairs), seed)
const judge = pairs.length === 0 ? null : trainJudge(corpus.persons, seed)
process.stdout.write(headOfRows)
const rows: WayRow[] = []
for (const seconds of values.seconds.split(',').map(Number)) {
  const learners = corpus.persons.map((person) => upTo(person, seconds))
  const ways = values.ways.split(',')
  for (const learner of learners) {
    if (ways.includes('enroll')) await tellRow(learner, seconds, 'enroll', await learn([learner], true), 0)
    if (ways.includes('scratch')) await tellRow(learner, seconds, 'scratch', await learn([learner], false), 0)
  }
  if (!ways.includes('joint') || learners.length < 2) continue
  const together = await learn(learners, false)
  for (const [row, learner] of learners.entries()) await tellRow(learner, seconds, 'joint', together, row)
}
process.stdout.write(formatMeans(rows))
process.exit(0)

/** Of all recordings evenly, the last one cut. */
function upTo(person: Person, seconds: number): Person {
  const everything = [...person.training, ...(judge === null ? person.test : [])]
  const total = everything.reduce((sum, { features }) => sum + features.f0.length, 0)
  const wanted = seconds * FRAMES_PER_SEC
  const count = Math.max(1, Math.min(everything.length, Math.ceil((everything.length * wanted) / total)))
  let left = wanted
  const training = Array.from(
    { length: count },
    (_, index) => everything[Math.floor((index * everything.length) / count)],
  )
    .map((recording) => {
      const frames = Math.min(left, recording.features.f0.length)
      left -= frames
      return {
        ...recording,
        features: sliceFeatures(recording.features, [{ startSec: 0, endSec: frames / FRAMES_PER_SEC }]),
      }
    })
    .filter(({ features }) => features.f0.some((hz) => hz > 0))
  return { ...person, training }
}

async function learn(
  learners: readonly Person[],
  isEnrolled: boolean,
): Promise<Trainer & { plain: readonly number[] }> {
  const clips = learners.flatMap(({ training }, row) => training.map(({ features }) => toTrainingClip(features, row)))
  const plan = (isEnrolled ? enrolmentPlans : trainingPlans)[preset]
  const trainer = createTrainer({
    clips,
    singerCount: learners.length,
    size: 'fast',
    plan,
    seed,
    split: splitEachSinger(clips, () => createRandom(seed)),
    sampleBandMap: sampleAugmentation,
    tuning: isEnrolled && base !== null ? enrolmentInto(base) : null,
    ...(work && { work }),
    resumeFrom: null,
  })
  let plain: readonly number[] = []
  while (!trainer.isFinished) {
    await trainer.advance()
    if (trainer.step % plan.checkSteps !== 0 && trainer.step !== plan.stepCount) continue
    const check = await trainer.check()
    if (check.isBest) plain = check.singerLosses
  }
  return Object.assign(trainer, { plain })
}

async function tellRow(
  learner: Person,
  seconds: number,
  method: TrainingMethod,
  trainer: Trainer & { plain: readonly number[] },
  row: number,
): Promise<void> {
  const { spread } = trainer.normalization
  const figures = judge === null ? noFigures : await judged(judge, learner, singerOf(trainer, row, learner))
  const told: WayRow = {
    person: learner.name,
    seconds,
    method,
    steps: trainer.history.bestStep,
    plainDb: errorDb(trainer.plain[row], spread),
    errorDb: await trainer.disguisedErrorDb(row),
    ...figures,
  }
  rows.push(told)
  process.stdout.write(formatRow(told))
}

function singerOf(trainer: Trainer, row: number, { training }: Person): PreparedSinger {
  const parameters = trainer.bestParameters()
  const config = spectralAutoencoderSizes.fast
  const table = parameters.get('singers/table')?.values ?? new Float32Array()
  const own = table.slice(row * config.singer, (row + 1) * config.singer)
  return prepareSinger(
    enrollSinger(
      { config, parameters, row: own, ...trainer.normalization },
      training.map(({ features }) => features),
    ),
  )
}

async function judged(judge: Judge, learner: Person, singer: PreparedSinger): Promise<JudgedFigures> {
  const convert = createConverter(singer, learner, variants['baseline'].rendering)
  const own = pairs.filter(({ target }) => target.name === learner.name)
  const found: ReturnType<Judge['measure']>[] = []
  for (const pair of own) {
    const semitones = automaticSemitones(voiceRegister(pair.recording.features.f0), singerRegister(singer.model))
    found.push(judge.measure(convert(await corpus.moved(pair.recording, semitones)), pair satisfies Pair))
  }
  const mean = (name: keyof JudgedFigures) => {
    const known = found.map((figures) => figures[name]).filter((value) => value !== null)
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
  }
  return {
    cmn: mean('cmn'),
    pcor: mean('pcor'),
    near: mean('near'),
    nearAll: mean('nearAll'),
    content: mean('content'),
  }
}
