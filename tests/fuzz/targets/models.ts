import { readAnySinger, renameSinger } from '../../../src/shared/formats/any-singer-file.ts'
import { readBaseFile } from '../../../src/shared/formats/base-file.ts'
import { readEmotionFile, writeEmotionFile } from '../../../src/shared/formats/emotion-file.ts'
import { readSafetensors, writeSafetensors } from '../../../src/shared/formats/safetensors.ts'
import { readSingerFile, writeSingerFile } from '../../../src/shared/formats/singer-file.ts'
import { readDomainFile, writeDomainFile } from '../../../src/shared/formats/domain-file.ts'
import { readVocoderFile, writeVocoderFile } from '../../../src/shared/formats/vocoder-file.ts'
import { readWaveformSinger, writeWaveformSinger } from '../../../src/shared/formats/waveform-singer-file.ts'
import type { Result } from '../../../src/shared/base/result.ts'
import { tinyRelgan, tinyRelganCard } from '../../support/tiny-relgan.ts'
import { tinyTables, tinyTablesCard } from '../../support/tiny-tables.ts'
import { tinyDomain } from '../../support/tiny-domain.ts'
import { tinyFlowVocoder, tinyParallelVocoder, tinyVocoder, tinyVocoderCard } from '../../support/tiny-vocoder.ts'
import { tinyWaveformSinger } from '../../support/tiny-waveform.ts'
import { promised, type FuzzTarget } from '../engine/target.ts'
import { varySafetensors } from '../structures/safetensors-file.ts'
import { tinyBase, tinySinger, tinySingerCard } from './tiny-models.ts'
import { valueOrFailure } from './outcomes.ts'

interface ModelKind<Model> {
  readonly name: string
  readonly reads: string
  readonly seeds: () => readonly Uint8Array[]
  /** What of the metadata the digest covers. */
  readonly digested: readonly string[]
  readonly read: (bytes: Uint8Array) => Result<Model>
  readonly check: (model: Model, input: Uint8Array) => void
  readonly share: number
}

const promise =
  'refuses with a code, or holds nothing but finite numbers within bounds; what was changed without its digest is refused'

const modelTarget = <Model>({ name, reads, seeds, digested, read, check, share }: ModelKind<Model>): FuzzTarget => ({
  name,
  reads,
  promise,
  share,
  memoryCapMb: 1000,
  open: () => ({
    seeds: seeds(),
    largestBytes: 1 << 20,
    words: ['__metadata__', '"dtype":"F32"', '"shape":[', '"data_offsets":[', 'null', '1e999', '-1', '\\u0000'],
    vary: varySafetensors(digested),
    take(input) {
      const model = valueOrFailure(read(input), ['checkpoint-invalid'])
      if (model === null) return
      check(model, input)
      requireFinite(model)
    },
  }),
})

/** Every number that a reader gives, however deep. */
function requireFinite(value: unknown): void {
  if (typeof value === 'number') promised(Number.isFinite(value), `gives ${value}`)
  else if (value instanceof Float32Array) promised(value.every(Number.isFinite), 'gives a number that is none')
  else if (value instanceof Map || Array.isArray(value)) for (const item of value.values()) requireFinite(item)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) requireFinite(item)
}

/** What was read is written to a file that is read as the same. */
function requireStable<Model>(
  model: Model,
  write: (model: Model) => Uint8Array,
  read: (bytes: Uint8Array) => Result<Model>,
): void {
  const once = write(model)
  const back = read(once)
  promised(back.ok, 'writes what it does not read')
  promised(Buffer.compare(write(back.value), once) === 0, 'is another file when it is read and written again')
}

export const models: readonly FuzzTarget[] = [
  modelTarget({
    name: 'safetensors',
    reads: 'the container of every model',
    seeds: () => [writeSafetensors({ tensors: new Map([['a/b', { type: 'F32', shape: [2, 3], bytes: new Uint8Array(24) }], ['c', { type: 'U8', shape: [5], bytes: new Uint8Array(5) }]]), metadata: { format: 'x', card: '{"name":"Mira"}' } })], // prettier-ignore
    digested: [],
    read: readSafetensors,
    check: ({ tensors }, input) => {
      const held = [...tensors.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
      promised(held < input.length, 'gives more bytes than the file has')
    },
    share: 12,
  }),
  modelTarget({
    name: 'singer-file',
    reads: 'singers of the spectral autoencoder',
    seeds: () => [writeSingerFile(tinySinger(), tinySingerCard)],
    digested: ['card', 'model'],
    read: readSingerFile,
    check: (file) => {
      requireStable(file, ({ model, card }) => writeSingerFile(model, card), readSingerFile)
      const { clipFrameCounts, f0 } = file.model.bank
      promised(clipFrameCounts.reduce((sum, count) => sum + count, 0) === f0.length, 'its clips are not its frames')
    },
    share: 5,
  }),
  modelTarget({
    name: 'any-singer',
    reads: 'a singer of whichever converter, and a new name for one',
    seeds: () => [writeSingerFile(tinySinger(), tinySingerCard), writeWaveformSinger(tinyWaveformSinger())],
    digested: ['card', 'model'],
    read: readAnySinger,
    check: (_file, input) => {
      const renamed = renameSinger(input, 'Jonas')
      promised(renamed.ok && readAnySinger(renamed.value).ok, 'can not be renamed')
    },
    share: 3,
  }),
  modelTarget({
    name: 'waveform-singer',
    reads: 'singers of a waveform autoencoder',
    seeds: () => [writeWaveformSinger(tinyWaveformSinger()), writeWaveformSinger(tinyWaveformSinger(), 'single')],
    digested: ['card', 'model'],
    read: readWaveformSinger,
    check: (file) => promised(file.row < file.model.voices.length, 'sings a row that it has not'),
    share: 3,
  }),
  modelTarget({
    name: 'emotion-file',
    reads: 'emotion models, tables and networks',
    seeds: () => [writeEmotionFile(tinyTables, tinyTablesCard), writeEmotionFile(tinyRelgan(), tinyRelganCard)],
    digested: ['card', 'model'],
    read: readEmotionFile,
    check: () => {},
    share: 3,
  }),
  modelTarget({
    name: 'vocoder-file',
    reads: 'vocoders',
    seeds: () =>
      [tinyVocoder, tinyFlowVocoder, tinyParallelVocoder].map((model) => writeVocoderFile(model, tinyVocoderCard)),
    digested: ['card', 'model'],
    read: readVocoderFile,
    check: (file) => requireStable(file, ({ model, card }) => writeVocoderFile(model, card), readVocoderFile),
    share: 3,
  }),
  modelTarget({
    name: 'domain-file',
    reads: 'domains that music is translated into',
    seeds: () => [writeDomainFile(tinyDomain())],
    digested: ['card', 'model'],
    read: readDomainFile,
    check: (file) => requireStable(file, writeDomainFile, readDomainFile),
    share: 3,
  }),
  modelTarget({
    name: 'base-file',
    reads: 'bases that singers are enrolled into',
    seeds: () => [tinyBase()],
    digested: ['model'],
    read: readBaseFile,
    check: ({ persons, parameters }) =>
      promised(parameters.get('singers/table')?.shape[0] === persons.length, 'its rows are not its people'),
    share: 4,
  }),
]
