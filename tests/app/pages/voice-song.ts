import type { MarkerId, RegionId, RenderKey, SingerId, SourceId, TrackId } from '../../../src/shared/base/id.ts'
import type { Emotion, Singer } from '../../../src/shared/contract/library.ts'
import { MELODY_FRAMES_PER_SEC, writePitch } from '../../../src/shared/melody/index.ts'
import { createProject } from '../../../src/shared/project/edits/document.ts'
import { addRegion, newRegion } from '../../../src/shared/project/edits/regions.ts'
import { addTrack, newSingerTrack, newSourceTrack } from '../../../src/shared/project/edits/tracks.ts'
import type { Project, Region, Render } from '../../../src/shared/project/model.ts'
import { defaultPerformance, type Performance } from '../../../src/shared/project/performance.ts'

// Brands are given here, for this page only.
export const RATE = 48_000
const SOURCE_SEC = 24
export const sec = (seconds: number): number => Math.round(seconds * RATE)
const lead = 'a'.repeat(64) as SourceId
const mira = 'mira' as SingerId
const jonas = 'jonas' as SingerId
const leadTrack = 'lead' as TrackId
const miraTrack = 'miratrack' as TrackId
const jonasTrack = 'jonastrack' as TrackId

const singerCommon = {
  origin: 'trained',
  licence: 'CC0-1.0',
  consent: 'given',
  trainedFromSec: 120,
  createdAtMs: 1,
  digest: 'digest',
  converter: 'spectral-autoencoder',
  learnedFraction: 1,
} as const
const named = (id: SingerId, name: string, hueIndex: number, medianHz: number): Singer => ({
  ...singerCommon,
  id,
  name,
  hueIndex,
  lowestHz: medianHz / 2,
  highestHz: medianHz * 2,
  medianHz,
})
export const singers: readonly Singer[] = [
  named(mira, 'Mira', 0, 330),
  named(jonas, 'Jonas', 1, 165),
  named('aoife' as SingerId, 'Aoife', 2, 300),
]
export const emotions: readonly Emotion[] = [
  { id: 'neutral', label: 'Neutral', gesture: 'flat' },
  { id: 'happy', label: 'Happy', gesture: 'rising' },
  { id: 'sad', label: 'Sad', gesture: 'falling' },
  { id: 'angry', label: 'Angry', gesture: 'jagged' },
]

const performed = (
  singerId: SingerId,
  emotionId: string,
  intensity: number,
  given: Partial<Performance> = {},
): Performance => ({
  ...defaultPerformance(singerId),
  emotion: { emotionId, intensity },
  ...given,
})
const rendered = (performance: Performance, key: string): Render => ({
  key: key as RenderKey,
  sourceStartSamples: 0,
  durationSamples: sec(SOURCE_SEC),
  performance,
  singerDigest: 'digest',
  semitones: 0,
})

export function song(): Project {
  let project: Project = {
    ...createProject('page' as Project['id'], 'Paper Lanterns', RATE),
    sources: {
      [lead]: { id: lead, name: 'lead.wav', originalRateHz: RATE, channelCount: 1, durationSamples: sec(SOURCE_SEC) },
    },
    markers: [{ id: 'm1' as MarkerId, name: 'Chorus', atSamples: sec(8) }],
  }
  for (const track of [
    newSourceTrack(leadTrack, 'Lead vocal'),
    newSingerTrack(miraTrack, 'Mira', mira),
    newSingerTrack(jonasTrack, 'Jonas', jonas),
  ])
    project = addTrack(project, track)
  const put = (id: string, trackId: TrackId, at: number, given: Partial<Region> = {}): void => {
    project = addRegion(
      project,
      newRegion({
        id: id as RegionId,
        trackId,
        name: id,
        sourceId: lead,
        startSamples: sec(at),
        sourceStartSamples: sec(at),
        durationSamples: sec(6),
        ...given,
      }),
    )
  }
  put('Verse', leadTrack, 0)
  put('Pre', leadTrack, 8, { durationSamples: sec(4) })
  put('Chorus', leadTrack, 14)
  const drawn = performed(mira, 'sad', 0.6, {
    curves: {
      intensity: [
        { atSamples: sec(0), value: 0.35 },
        { atSamples: sec(1.7), value: 0.65 },
        { atSamples: sec(3.2), value: 0.5 },
        { atSamples: sec(4.6), value: 0.95 },
        { atSamples: sec(5.8), value: 0.4 },
      ],
      transposition: null,
      formant: null,
    },
  })
  const first = rendered(performed(mira, 'sad', 0.4), 'one')
  const second = rendered(drawn, 'two')
  put('verse', miraTrack, 0, {
    name: 'Verse 2',
    performance: drawn,
    render: second,
    takes: [
      { number: 1, render: first, isStarred: false },
      { number: 2, render: second, isStarred: true },
    ],
    replacesRegionId: 'Verse' as RegionId,
  })
  const happy = performed(mira, 'happy', 0.45)
  put('pre', miraTrack, 8, { name: 'Pre-chorus', durationSamples: sec(4), performance: happy })
  put('chorus', miraTrack, 14, {
    name: 'Chorus 2',
    performance: performed(mira, 'happy', 0.45),
    render: rendered(happy, 'three'),
  })
  const blended = performed(jonas, 'angry', 0.35, {
    blend: [
      {
        singerId: 'aoife' as SingerId,
        weight: 0.3,
        curve: [
          { atSamples: sec(0), value: 0 },
          { atSamples: sec(2), value: 0.1 },
          { atSamples: sec(4), value: 0.8 },
          { atSamples: sec(6), value: 0.6 },
        ],
      },
    ],
  })
  put('low', jonasTrack, 0, { name: 'Verse 2 low', performance: blended, render: rendered(blended, 'four') })
  put('answer', jonasTrack, 14, {
    name: 'Answer',
    performance: { ...blended, blend: blended.blend.map((part) => ({ ...part, curve: null })) },
  })
  return project
}

/** A melody of sung tones with vibrato and overtones; every render sings it with another strength of overtones. */
const melody = [57, 60, 62, 64, 62, 60, 64, 67, 69, 67, 64, 60] as const
const NOTE_SEC = 1
const noteAt = (sec: number): number =>
  melody[Math.floor(sec / NOTE_SEC) % melody.length] +
  0.35 * Math.sin(2 * Math.PI * 5.5 * sec) * Math.min(1, (sec % NOTE_SEC) * 2)
const loudnessAt = (sec: number): number =>
  Math.min(1, (sec % NOTE_SEC) * 12) * Math.min(1, (NOTE_SEC - (sec % NOTE_SEC)) * 8) * (0.6 + 0.4 * Math.sin(sec))

/** What an analysis would find: nothing where it is nearly silent. */
export function pitchOf(startSamples: number, durationSamples: number): string {
  const frames = Math.ceil((durationSamples / RATE) * MELODY_FRAMES_PER_SEC)
  return writePitch(
    Float64Array.from({ length: frames }, (_, frame) => {
      const sec = startSamples / RATE + frame / MELODY_FRAMES_PER_SEC
      return loudnessAt(sec) < 0.12 ? 0 : 440 * 2 ** ((noteAt(sec) - 69) / 12)
    }),
  )
}

const sounds = new Map<number, Float32Array<ArrayBuffer>>()
export function soundOf(id: string): Float32Array<ArrayBuffer> {
  const tilt = id.includes('/render/one') ? 1.4 : id.includes('/render/') ? 1 : 0.7
  const known = sounds.get(tilt) ?? sing(tilt)
  sounds.set(tilt, known)
  return known
}

/** At every sample: where the lowest tone is in its period, in radians, and how loud it is. */
const course = once(() => {
  const count = sec(SOURCE_SEC)
  const [phases, loudness] = [new Float64Array(count), new Float64Array(count)]
  let phase = 0
  for (let index = 0; index < count; index++) {
    const at = index / RATE
    phases[index] = phase += (2 * Math.PI * 440 * 2 ** ((noteAt(at) - 69) / 12)) / RATE
    loudness[index] = loudnessAt(at)
  }
  return { phases, loudness }
})

function sing(tilt: number): Float32Array<ArrayBuffer> {
  const { phases, loudness } = course()
  const strengths = Array.from({ length: 8 }, (_, index) => (index + 1) ** -(1 + tilt))
  const sung = new Float32Array(phases.length)
  for (let index = 0; index < sung.length; index++) {
    // sin (n + 1)x = 2 cos x sin nx − sin (n − 1)x
    const twice = 2 * Math.cos(phases[index])
    let before = 0
    let sine = Math.sin(phases[index])
    let sample = 0
    for (const strength of strengths) {
      sample += strength * sine
      const next = twice * sine - before
      before = sine
      sine = next
    }
    sung[index] = 0.35 * loudness[index] * sample
  }
  return sung
}

function once<Found>(find: () => Found): () => Found {
  let found: Found | undefined
  return () => (found ??= find())
}
