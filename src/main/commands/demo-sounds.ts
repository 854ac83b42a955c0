import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  CLIP_SEC,
  makeDemoSong,
  makeSingerClips,
  voices,
  type DemoSong,
  type Voice,
} from '../../shared/synthesizer/index.ts'
import { createWavWriter } from '../files/wav-file.ts'

/** A song to convert, as files that any user could have brought. */
export interface DemoStems {
  readonly song: DemoSong
  readonly stemPaths: readonly string[]
}

/** All recordings of the demo. */
export interface DemoSounds extends DemoStems {
  /** Two singers’ clips; the first is trained. */
  readonly singers: readonly DemoSinger[]
  /** More of the lead’s own singing, so that a judge can know who sang the stem. */
  readonly leadClips: readonly Float32Array[]
}

export interface DemoSinger {
  readonly name: string
  readonly clipPaths: readonly string[]
  readonly clips: readonly Float32Array[]
}

export const DEMO_RATE_HZ = 48_000
/** Two minutes a singer. */
const CLIP_COUNT = 120 / CLIP_SEC
const LEAD_CLIP_COUNT = 3
const SEEDS = { Mira: 2100, Bruno: 3100, lead: 4100 } as const

export function writeDemoStems(folder: string): DemoStems {
  const song = makeDemoSong(DEMO_RATE_HZ)
  const stemFolder = join(folder, 'stems')
  mkdirSync(stemFolder, { recursive: true })
  const stemPaths = song.stems.map(({ fileName, recording }) =>
    writeSound(join(stemFolder, fileName), recording.samples),
  )
  return { song, stemPaths }
}

export function writeDemoClips(folder: string): Omit<DemoSounds, keyof DemoStems> {
  return {
    singers: [writeSinger(folder, voices.high, SEEDS.Mira), writeSinger(folder, voices.low, SEEDS.Bruno)],
    leadClips: makeSingerClips(voices.lead, LEAD_CLIP_COUNT, DEMO_RATE_HZ, SEEDS.lead).map(({ samples }) => samples),
  }
}

function writeSinger(folder: string, voice: Voice, seed: number): DemoSinger {
  const clipFolder = join(folder, 'clips', voice.name)
  mkdirSync(clipFolder, { recursive: true })
  const clips = makeSingerClips(voice, CLIP_COUNT, DEMO_RATE_HZ, seed).map(({ samples }) => samples)
  const clipPaths = clips.map((samples, index) =>
    writeSound(join(clipFolder, `${voice.name} ${String(index + 1).padStart(2, '0')}.wav`), samples),
  )
  return { name: voice.name, clipPaths, clips }
}

function writeSound(path: string, samples: Float32Array): string {
  const writer = createWavWriter(path, { rateHz: DEMO_RATE_HZ, channelCount: 1, encoding: 'float32' })
  writer.write([samples])
  writer.finish()
  return path
}
