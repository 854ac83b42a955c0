import { concatenated } from '../../src/shared/base/concatenated.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import { findSpeakers } from '../../src/main/evaluation/speakers.ts'
import { readSound } from '../../src/main/evaluation/read-sound.ts'
import { clipped, inRoom, lowPassed, rounded, withNoise, withSecondVoice } from './made-faults.ts'

/** A sound with its rate. */
export interface Sound {
  readonly samples: Float32Array
  readonly rateHz: number
}

/** A clip as somebody would drop it: recordings of one person in one manner, joined until they last long enough. */
export interface CleanClip extends Sound {
  readonly person: string
}

const SHORTEST_SEC = 8
const LONGEST_SEC = 14
/** Level at which faults are made, so that a room or a second voice clips nothing. */
const PEAK = 0.5

/** Everybody's clips, at most so many per person and manner (folder), spread over their recordings. */
export async function readCleanClips(
  folder: string,
  isWanted: (person: string) => boolean,
  mostPerManner: number,
): Promise<CleanClip[]> {
  const clips: CleanClip[] = []
  for (const { name, files } of findSpeakers(folder).filter((speaker) => isWanted(speaker.name))) {
    const manners = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/')))
    for (const paths of manners.values()) {
      const own: CleanClip[] = []
      let parts: Float32Array[] = []
      for (const { path } of paths) {
        if (own.length === mostPerManner) break
        const { samples, rateHz } = await readSound(path)
        parts.push(samples)
        const length = parts.reduce((sum, part) => sum + part.length, 0)
        if (length < SHORTEST_SEC * rateHz) continue
        own.push({ person: name, rateHz, samples: atPeak(concatenated(parts).subarray(0, LONGEST_SEC * rateHz)) })
        parts = []
      }
      clips.push(...own)
    }
  }
  return clips
}

export function atPeak(samples: Float32Array): Float32Array {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return samples.map((value) => (value * PEAK) / Math.max(peak, 1e-9))
}

/** A fault made of a clip. */
export interface MadeFault {
  readonly name: string
  /** `other` is another person's voice, at the clip's rate. */
  readonly make: (clip: Sound, other: Float32Array, seed: number) => Float32Array
}

export const madeFaults = {
  noisy: [
    noise('white noise 20 dB under the voice', 20, 'white'),
    noise('white noise 10 dB under the voice', 10, 'white'),
    noise('pink noise 20 dB under the voice', 20, 'pink'),
    noise('pink noise 10 dB under the voice', 10, 'pink'),
  ],
  reverberant: [room(0.5, 6), room(0.8, 3), room(1.2, 6), room(2, 6)],
  clipped: [over(3), over(6), over(12)],
  'several-voices': [second(0), second(6)],
  'low-bandwidth': [lowPass(16_000), lowPass(11_000), lowPass(7000)],
} as const satisfies Readonly<Record<string, readonly MadeFault[]>>

function noise(name: string, underDb: number, color: 'white' | 'pink'): MadeFault {
  return { name, make: ({ samples, rateHz }, _, seed) => withNoise(samples, rateHz, underDb, color, seed) }
}

function room(decaySec: number, directDb: number): MadeFault {
  return {
    name: `a room of ${decaySec} s, direct sound ${directDb} dB over it`,
    make: ({ samples, rateHz }, _, seed) => atPeak(inRoom(samples, rateHz, decaySec, directDb, seed)),
  }
}

function over(overDb: number): MadeFault {
  return {
    name: `driven ${overDb} dB over full scale`,
    make: ({ samples }, _, seed) => clipped(samples, overDb, -6 * createRandom(seed).uniform()),
  }
}

function second(underDb: number): MadeFault {
  return {
    name: underDb === 0 ? 'a second voice as loud' : `a second voice ${underDb} dB under it`,
    make: ({ samples, rateHz }, other) => atPeak(withSecondVoice(samples, other, rateHz, underDb)),
  }
}

function lowPass(cutoffHz: number): MadeFault {
  return {
    name: `cut off at ${cutoffHz / 1000} kHz`,
    make: ({ samples, rateHz }) => rounded(lowPassed(samples, rateHz, cutoffHz)),
  }
}
