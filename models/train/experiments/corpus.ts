import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { silentProgress } from '../../../src/shared/base/progress.ts'
import { analyzeEnvelopes } from '../../../src/shared/conversion/analyze.ts'
import { analyzeClip, type ClipFeatures } from '../../../src/shared/conversion/clip-features.ts'
import { createMovedVoice } from '../../../src/shared/conversion/moved-voice.ts'
import { sourceOf, type Resample } from '../../../src/shared/conversion/sound.ts'
import { planSpan, surveySpan } from '../../../src/shared/conversion/windows.ts'
import { semitonesToRatio } from '../../../src/shared/units/pitch.ts'
import { openFeatureStore, type FeatureStore } from '../../../src/main/compute/clips/feature-store.ts'
import { loadKernelsWithCrew } from '../../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../../src/main/compute/kernels.ts'
import { findSpeakers, type SpeakerFile } from '../../../src/main/evaluation/speakers.ts'
import { splitSpeakers } from '../../../src/main/evaluation/split.ts'
import { readSound } from '../../../src/main/evaluation/read-sound.ts'
import { createResampler } from '../../../src/main/files/resample.ts'

/** Everybody of a folder, with everything analyzed; what was analyzed once lies in the cache. */
export interface Corpus {
  readonly persons: readonly Person[]
  /** The envelopes and the pitch of a recording moved by semitones, as conversion moves it. */
  moved(recording: Recording, semitones: number): Promise<ClipFeatures>
}

export interface Person {
  readonly name: string
  readonly sex: string | null
  /** What singers and judges learn from, and what is converted: no text is in both. */
  readonly training: readonly Recording[]
  readonly test: readonly Recording[]
}

export interface Recording extends SpeakerFile {
  readonly features: ClipFeatures
}

export interface CorpusOptions {
  readonly folder: string
  readonly cacheFolder: string
  /** Only what begins so: "sung". Empty for everything. */
  readonly kind: string
  /** Only persons whose name holds it. */
  readonly persons: RegExp
}

const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})

export async function openCorpus(options: CorpusOptions, tell: (line: string) => void): Promise<Corpus> {
  const store = openFeatureStore(join(options.cacheFolder, 'features'))
  const resample = await createResampler()
  const speakers = findSpeakers(options.folder)
    .filter(({ name }) => options.persons.test(name))
    .map((speaker) => ({
      ...speaker,
      files: speaker.files.filter(({ sentence }) => sentence.startsWith(options.kind)),
    }))
  const persons: Person[] = []
  for (const { name, sex = null, training, test } of splitSpeakers(speakers)) {
    const analyzed = async (files: readonly SpeakerFile[]) => {
      const recordings: Recording[] = []
      for (const file of files) recordings.push({ ...file, features: await analyze(file, store, resample) })
      return recordings.filter(({ features }) => features.f0.some((hz) => hz > 0))
    }
    persons.push({ name, sex, training: await analyzed(training), test: await analyzed(test) })
    tell(`${name}: ${training.length} recordings to learn from, ${test.length} to test with`)
  }
  const known = new Map<string, ClipFeatures>()
  return {
    persons,
    async moved(recording, semitones) {
      if (semitones === 0) return recording.features
      const key = `${semitones} ${recording.path}`
      const features = known.get(key) ?? (await moved(recording, semitones, store, resample))
      known.set(key, features)
      return features
    },
  }
}

async function analyze(file: SpeakerFile, store: FeatureStore, resample: Resample): Promise<ClipFeatures> {
  const id = idOf(file.path)
  const known = store.load(id)
  if (known !== null) return known
  const { samples, rateHz } = await readSound(file.path)
  const features = analyzeClip(sourceOf([samples], rateHz), resample, silentProgress, kernels)
  store.save(id, features)
  return features
}

async function moved(
  { path, features }: Recording,
  semitones: number,
  store: FeatureStore,
  resample: Resample,
): Promise<ClipFeatures> {
  const id = `${idOf(path)} moved by ${semitones}`
  const known = store.load(id)
  if (known !== null) return known
  const { samples, rateHz } = await readSound(path)
  const span = planSpan(sourceOf([samples], rateHz), 0, samples.length)
  const survey = surveySpan(span, silentProgress)
  const ratio = semitonesToRatio(semitones)
  const f0 = features.f0.map((hz) => hz * ratio)
  const read = createMovedVoice(span, features.f0, { ratio }, null, kernels.transposition)
  const lm = analyzeEnvelopes(span, survey, f0, read, resample, silentProgress, kernels)
  const result = { ...features, lm, f0 }
  store.save(id, result)
  return result
}

/** Of a recording as it lies there: another content is another id. */
export function idOf(path: string): string {
  const { size, mtimeMs } = statSync(path)
  return createHash('sha256')
    .update(JSON.stringify([path, size, mtimeMs]))
    .digest('hex')
}

export { kernels }
