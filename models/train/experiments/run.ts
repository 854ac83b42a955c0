import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { setBackend } from '@tensorflow/tfjs-core'
import { FRAMES_PER_SEC } from '../../../src/shared/conversion/features.ts'
import { spectralAutoencoderSizes } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { automaticSemitones } from '../../../src/shared/conversion/automatic-transposition.ts'
import { singerRegister, voiceRegister } from '../../../src/shared/conversion/pitch-plan.ts'
import type { PreparedSinger } from '../../../src/shared/conversion/prepared-singer.ts'
import { readBase } from '../../../src/main/compute/models/base-store.ts'
import { tensorflowEngine } from '../../../src/main/compute/engines/backend-tensorflow.ts'
import { prepareWasm } from '../../../src/main/compute/engines/backend-wasm.ts'
import { openEngine } from '../../../src/main/compute/engines/backend.ts'
import { meanShape, BANDS } from '../../../src/shared/evaluation/index.ts'
import { envelopeClip } from '../../../src/shared/evaluation/envelope-clip.ts'
import { createConverter, type ConvertEnvelopes } from './convert.ts'
import { openCorpus, type Corpus, type Person } from './corpus.ts'
import { trainJudge, readingBy, type Figures, type Judge, type Pair } from './judge.ts'
import { enrol, keyOf, learnJointly, singerOf } from './learn.ts'
import { choosePairs } from './pairs.ts'
import { readResults, formatRows, type ResultFile } from './results.ts'
import { variants, type Learning, type Variant } from './variants.ts'

/** One experiment: see EXPERIMENTS.md. */
const { values } = parseArgs({
  options: {
    variant: { type: 'string', default: 'baseline' },
    audio: { type: 'string' },
    kind: { type: 'string', default: '' },
    persons: { type: 'string', default: '' },
    seed: { type: 'string', default: '1,2' },
    pairs: { type: 'string', default: '6' },
    'base-audio': { type: 'string' },
    'base-persons': { type: 'string', default: '' },
    'base-kind': { type: 'string', default: '' },
    'base-folder': { type: 'string' },
    seconds: { type: 'string', default: 'all' },
    against: { type: 'string', default: 'baseline' },
    cache: { type: 'string', default: join(homedir(), '.cache/understudy-experiments') },
    engines: { type: 'string', default: process.env['UNDERSTUDY_HOME'] ?? '' },
    table: { type: 'boolean', default: false },
  },
})
const tell = (line: string): void => void process.stderr.write(`${line}\n`)
const names = values.variant === 'all' ? Object.keys(variants) : values.variant.split(',')
const seeds = values.seed.split(',').map(Number)
const intoWhat = values['base-folder'] ?? (values['base-audio'] === undefined ? undefined : values['base-persons'])
const setName = [
  values.kind,
  values.persons,
  intoWhat === undefined ? 'seen' : `into-${intoWhat}`,
  values.seconds === 'all' ? '' : `${values.seconds}-s`,
]
  .filter((part) => part !== '')
  .join('-')
const resultsFolder = join(values.cache, 'results', setName.replace(/[^\w-]+/g, '_'))

async function runAll(): Promise<void> {
  if (values.audio === undefined) throw new Error('Say where recordings are: --audio <folder>')
  await openBestEngine()
  const corpus = await open(values.audio, values.kind, values.persons)
  const base =
    values['base-audio'] === undefined
      ? null
      : await open(values['base-audio'], values['base-kind'], values['base-persons'])
  for (const seed of seeds) {
    const pairs = choosePairs(corpus.persons, Number(values.pairs), seed)
    const judge = trainJudge(corpus.persons, seed)
    save(
      'unconverted',
      seed,
      pairs,
      await measureAll(corpus, judge, pairs, () => ({ convert: ({ lm }) => lm, singer: null })),
    )
    save('equalizer', seed, pairs, await measureAll(corpus, judge, pairs, equalizerOf))
    save('real', seed, pairs, await measureReal(judge, pairs))
    for (const name of names) {
      const variant = variants[name]
      if (variant === undefined) throw new Error(`No variant is named ${name}: ${Object.keys(variants).join(', ')}`)
      tell(`${name}, seed ${seed}`)
      const converters = await convertersOf(corpus, base, variant, seed)
      save(name, seed, pairs, await measureAll(corpus, judge, pairs, converters))
    }
  }
}

function open(folder: string, kind: string, persons: string): Promise<Corpus> {
  return openCorpus({ folder: resolve(folder), cacheFolder: values.cache, kind, persons: new RegExp(persons) }, tell)
}

/** In this process, because the published options compute where the trainer runs. */
async function openBestEngine(): Promise<void> {
  const setting = { enginesFolder: values.engines === '' ? null : join(values.engines, 'engines'), hasWindows: false }
  if (tensorflowEngine.probe(setting).isPresent) {
    const { label } = await openEngine(tensorflowEngine, setting)
    return tell(`engine: ${label}`)
  }
  prepareWasm()
  await setBackend('wasm')
  tell('engine: WebAssembly')
}

interface Converter {
  readonly convert: ConvertEnvelopes
  /** Whose register the source is brought to; null to leave it. */
  readonly singer: PreparedSinger | null
}

async function measureAll(
  corpus: Corpus,
  judge: Judge,
  pairs: readonly Pair[],
  converterOf: (target: Person) => Converter | Promise<Converter>,
): Promise<Figures[]> {
  const figures: Figures[] = []
  for (const pair of pairs) {
    const { convert, singer } = await converterOf(pair.target)
    const { f0 } = pair.recording.features
    const semitones = singer === null ? 0 : automaticSemitones(voiceRegister(f0), singerRegister(singer.model))
    figures.push(judge.measure(convert(await corpus.moved(pair.recording, semitones)), pair))
  }
  return figures
}

/** One fixed filter that gives everybody the target's mean envelope. */
function equalizerOf(target: Person): Converter {
  const wanted = meanOf(target)
  return {
    singer: null,
    convert({ lm }) {
      const own = meanShape(envelopeClip(lm).shapes)
      return lm.map((value, index) => value + wanted[index % BANDS] - own[index % BANDS])
    },
  }
}

function meanOf({ training }: Person): Float64Array {
  const means = training.map(({ features }) => meanShape(envelopeClip(features.lm).shapes))
  return new Float64Array(BANDS).map((_, band) => means.reduce((sum, mean) => sum + mean[band], 0) / means.length)
}

/** What the target's own other recording of the same words reaches. */
function measureReal(judge: Judge, pairs: readonly Pair[]): Figures[] {
  return pairs.flatMap((pair) => {
    const reading = readingBy(pair.target, pair.recording)
    const other = reading && readingBy(pair.target, reading)
    if (reading === undefined || other === undefined) return []
    return [judge.measure(other.features.lm, { ...pair, recording: other })]
  })
}

async function convertersOf(corpus: Corpus, base: Corpus | null, { learning, rendering }: Variant, seed: number) {
  const singers = await singersFor(corpus, base, learning, seed)
  const known = new Map<string, Converter>()
  return (target: Person): Converter => {
    const { singer, learner } = singers(target)
    const converter = known.get(target.name) ?? { singer, convert: createConverter(singer, learner, rendering) }
    known.set(target.name, converter)
    return converter
  }
}

/** A singer, and the person with the recordings that it was learned from. */
type SingersByPerson = (target: Person) => { readonly singer: PreparedSinger; readonly learner: Person }
const knownSingers = new Map<string, SingersByPerson>()

/** Variants that differ only in how they render share their singers. */
async function singersFor(corpus: Corpus, others: Corpus | null, learning: Learning, seed: number) {
  const key = JSON.stringify([learning, seed])
  const singers =
    knownSingers.get(key) ??
    (intoWhat === undefined
      ? await jointSingers(corpus, learning, seed)
      : await enrolledSingers(corpus, await baseOf(others, learning, seed), learning, seed))
  knownSingers.set(key, singers)
  return singers
}

async function jointSingers({ persons }: Corpus, learning: Learning, seed: number): Promise<SingersByPerson> {
  const network = await learnJointly(persons, learning, seed, values.cache, tell)
  const singers = persons.map((person, row) => singerOf(network, row, person))
  return (target) => ({ singer: singers[persons.indexOf(target)], learner: target })
}

/** A base on disk as it is, or one that is learned from other people. */
async function baseOf(others: Corpus | null, learning: Learning, seed: number) {
  const folder = values['base-folder']
  if (folder !== undefined || others === null) {
    const { sha256, ...base } = readBase(resolve(folder ?? ''))
    const size =
      base.config.channels === spectralAutoencoderSizes.fast.channels ? ('fast' as const) : ('standard' as const)
    return { network: { ...base, size }, key: sha256 }
  }
  const whole = others.persons.map((person) => ({ ...person, training: [...person.training, ...person.test] }))
  const network = await learnJointly(whole, learning, seed, values.cache, tell)
  return { network, key: keyOf([whole.map(({ name }) => name), learning]) }
}

/** Everybody is enrolled into a base that was learned from others. */
async function enrolledSingers(
  { persons }: Corpus,
  { network, key }: Awaited<ReturnType<typeof baseOf>>,
  learning: Learning,
  seed: number,
): Promise<SingersByPerson> {
  const singers = new Map<Person, { readonly singer: PreparedSinger; readonly learner: Person }>()
  for (const person of persons) {
    tell(`enrolling ${person.name}`)
    const learner = { ...person, training: firstRecordings(person) }
    const tuned = await enrol(learner, network, key, learning, seed, values.cache, tell)
    singers.set(person, { singer: singerOf(tuned, 0, learner), learner })
  }
  return (target) => {
    const found = singers.get(target)
    if (found === undefined) throw new Error(`${target.name} was not enrolled`)
    return found
  }
}

/** Evenly from all of them, until they last as long as is asked for. */
function firstRecordings({ training }: Person): Person['training'] {
  if (values.seconds === 'all') return training
  const frames = FRAMES_PER_SEC * Number(values.seconds)
  const total = training.reduce((sum, { features }) => sum + features.f0.length, 0)
  const count = Math.max(1, Math.min(training.length, Math.ceil((training.length * frames) / total)))
  return Array.from({ length: count }, (_, index) => training[Math.floor((index * training.length) / count)])
}

function save(name: string, seed: number, pairs: readonly Pair[], figures: readonly Figures[]): void {
  mkdirSync(resultsFolder, { recursive: true })
  const result: ResultFile = { name, seed, figures, sources: pairs.map(({ recording }) => recording.reading) }
  writeFileSync(join(resultsFolder, `${name}.${seed}.json`), JSON.stringify(result))
}

if (!values.table) await runAll()
process.stdout.write(formatRows(readResults(resultsFolder, seeds), values.against))
process.exit(0)
