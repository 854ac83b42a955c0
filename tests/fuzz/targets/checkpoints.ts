import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createRandom } from '../../../src/shared/base/random.ts'
import type { TrainingPoint } from '../../../src/shared/contract/jobs.ts'
import type { SourceId } from '../../../src/shared/base/id.ts'
import { decodePeaks, createPeaksBuilder, encodePeaks } from '../../../src/shared/dsp/peaks.ts'
import {
  restoreWaveformState,
  storeWaveformState,
} from '../../../src/shared/training/wavenet-autoencoder/stored-state.ts'
import { openClipRecords } from '../../../src/main/compute/clips/clip-record.ts'
import { openFeatureStore } from '../../../src/main/compute/clips/feature-store.ts'
import { openStateFolder } from '../../../src/main/compute/training/state-folder.ts'
import { openTrainingFolder } from '../../../src/main/compute/training/training-folder.ts'
import { readFileSync } from 'node:fs'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varySafetensors } from '../structures/safetensors-file.ts'
import { varyJsonBytes } from '../structures/json-value.ts'
import { valueOrFailure } from './outcomes.ts'

const PARAMETERS = 6
const ones = (count: number): Float32Array => new Float32Array(count).fill(1)
const optimizer = { weights: ones(PARAMETERS), firstMoment: ones(PARAMETERS), secondMoment: ones(PARAMETERS) }
const random = createRandom(1).save()
const curve: readonly TrainingPoint[] = [{ step: 1, trainLoss: 2, heldOutLoss: 2, auditionId: null }]
const words = ['__metadata__', 'fingerprint', 'record', 'null', '{}', '[]', '1e999']

/** Whatever lies where a checkpoint was, a training begins anew or goes on with numbers. */
const shared = {
  promise: 'gives a whole state, or none; nothing but its own files changes',
  memoryCapMb: 1000,
  writes: true,
}

export const trainingCheckpoint: FuzzTarget = {
  name: 'training-checkpoint',
  reads: 'checkpoints of enrolments and of trainings from scratch, with their curves',
  ...shared,
  share: 4,
  open(folder) {
    const training = openTrainingFolder({
      folders: [folder],
      fingerprint: 'f',
      parameterCount: PARAMETERS,
      stageName: '',
    })
    const history = { bestStep: 1, bestLoss: 2, checksSinceBest: 0 }
    // A curve of a training that goes on is only shown.
    training.save({
      state: { step: 3, history, random, optimizer, bestWeights: ones(PARAMETERS) },
      curves: [curve],
      elapsedSec: 1,
    })
    const path = join(folder, 'training.safetensors')
    const files = readdirSync(folder).length
    return {
      seeds: [new Uint8Array(readFileSync(path))],
      largestBytes: 1 << 18,
      words,
      vary: varySafetensors([]),
      take(input) {
        writeFileSync(path, input)
        const loaded = training.load()
        promised(readdirSync(folder).length === files, 'leaves more files')
        if (loaded === null) return
        const { step, random: state, optimizer: found } = loaded.state
        promised(
          Number.isInteger(step) && state.words.every((word) => Number.isInteger(word)),
          'goes on from a step that is none',
        )
        promised(
          found.weights.length === PARAMETERS && loaded.curves.every(Array.isArray),
          'goes on with something else',
        )
      },
    }
  },
}

export const waveformCheckpoint: FuzzTarget = {
  name: 'waveform-checkpoint',
  reads: 'checkpoints of waveform models',
  ...shared,
  share: 4,
  open(folder) {
    const state = {
      optimizer,
      step: 5,
      translationSteps: 1,
      sungAtStep: 4,
      random,
      pending: {
        crops: [{ clipIndex: 0, start: 2, sampleCount: 4, augmentation: 'none' as const }],
        heard: Uint8Array.of(1, 2, 3, 4),
      },
    }
    const stateFolder = openStateFolder({
      folder,
      fingerprint: 'f',
      store: {
        store: (whole: typeof state) => storeWaveformState(whole as never),
        restore: (stored) => restoreWaveformState(stored, { count: PARAMETERS } as never) as never,
      },
    })
    stateFolder.save({
      state,
      history: { bestStep: 1, bestLoss: 2, checksSinceBest: 0 },
      curve,
      elapsedSec: 2,
    })
    const path = join(folder, 'training.safetensors')
    return {
      seeds: [new Uint8Array(readFileSync(path))],
      largestBytes: 1 << 18,
      words,
      vary: varySafetensors([]),
      take(input) {
        writeFileSync(path, input)
        const loaded = stateFolder.load()
        if (loaded !== null)
          promised(Array.isArray(loaded.curve) && Number.isInteger(loaded.history.bestStep), 'goes on with no curve')
      },
    }
  },
}

const CLIP = 'a'.repeat(64) as SourceId
const named = createHash('sha256').update(CLIP).digest('hex')

export const clipFeatures: FuzzTarget = {
  name: 'clip-features',
  reads: 'features of analyzed clips',
  ...shared,
  share: 4,
  open(folder) {
    const store = openFeatureStore(folder)
    store.save(CLIP, {
      lm: ones(128),
      f0: ones(2),
      harmonicsToNoise: { harmonicPower: new Float64Array(5), noisePower: new Float64Array(5) },
      isNarrow: false,
      peak: 1,
    } as never)
    const path = join(folder, `${named}.safetensors`)
    return {
      seeds: [new Uint8Array(readFileSync(path))],
      largestBytes: 1 << 18,
      words,
      vary: varySafetensors([]),
      take(input) {
        writeFileSync(path, input)
        const features = store.load(CLIP)
        if (features !== null)
          promised(
            features.lm.every(Number.isFinite) && features.lm.length === 64 * features.f0.length,
            'gives features of no clip',
          )
      },
    }
  },
}

export const clipRecords: FuzzTarget = {
  name: 'clip-records',
  reads: 'what is kept of examined clips',
  ...shared,
  share: 4,
  open(folder) {
    mkdirSync(folder, { recursive: true })
    const store = openClipRecords(folder)
    const numbers = { durationSec: 2, loudnessLufs: -20, noiseFloorDb: null, voicedFraction: 0.5, lowestHz: 100, highestHz: 200, clippedSampleCount: 0, cutoffHz: null } // prettier-ignore
    store.save(CLIP, {
      ...numbers,
      secondsPerNote: { 57: 1 },
      findings: [],
      slices: [{ startSec: 0, endSec: 1 }],
      digest: 'd',
      fingerprint: { signs: new Uint32Array(4), isActive: new Uint8Array(4) },
      voicePrint: null,
    } as never)
    const path = join(folder, `${named}.json`)
    return {
      seeds: [new Uint8Array(readFileSync(path))],
      largestBytes: 1 << 18,
      words,
      vary: varyJsonBytes,
      take(input) {
        writeFileSync(path, input)
        store.load(CLIP)
      },
    }
  },
}

export const peaksFile: FuzzTarget = {
  name: 'peaks-file',
  reads: 'waveforms beside the media of a project',
  promise: 'gives levels of which each has what it says, or refuses with a code',
  share: 80,
  memoryCapMb: 1000,
  open() {
    const builder = createPeaksBuilder()
    builder.push([Float32Array.from({ length: 3000 }, (_, index) => Math.sin(index))])
    return {
      seeds: [encodePeaks(builder.finish())],
      largestBytes: 1 << 16,
      take(input) {
        const peaks = valueOrFailure(decodePeaks(input), ['file-unreadable', 'audio-unreadable'])
        if (peaks === null) return
        promised(
          Number.isSafeInteger(peaks.durationSamples) && peaks.durationSamples >= 0,
          `lasts ${peaks.durationSamples} samples`,
        )
      },
    }
  },
}
